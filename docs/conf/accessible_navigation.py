"""A name for each switch that unfolds a part of the navigation: the theme draws an arrow alone, which cannot be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx


def _named(generate: Callable[..., Any]) -> Callable[..., Any]:
    """The theme's function for the navigation, with names for its switches."""

    def generate_named(*words: Any, **options: Any) -> Any:
        tree = generate(*words, **options)
        for switch in tree.select("li > details > summary") if hasattr(tree, "select") else ():
            switch["aria-label"] = f"pages below {switch.find_parent('li').a.get_text(strip=True)}"
        return tree

    return generate_named


def name_switches(app: Sphinx, page: str, template: str, context: dict[str, Any], document: object) -> None:
    if "generate_toctree_html" in context:
        context["generate_toctree_html"] = _named(context["generate_toctree_html"])


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", name_switches, priority=900)  # behind the theme, which makes the function
    return {"parallel_read_safe": True, "parallel_write_safe": True}
