"""How Sphinx builds the site; `scripts/site.sh` calls it.

The source folder is the repository itself, so that a link between two Markdown files means the same on a code host and on
the site. Only the files of `include_patterns` are pages; a link to any other file of the repository is a download.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

project = citation["title"]
author = citation["authors"][0]["name"]
copyright = f"{author}, {citation['license']} license"
version = release = citation["version"]
language = "en"

extensions = ["myst_parser", "sections", "accessible_navigation"]
include_patterns = ["*.md", "docs/*.md", "docs/**/*.md", "analysis/README.md", "benchmarks/README.md", "tests/docs/README.md"]
exclude_patterns = ["docs/README.md", "docs/conf", "sim", "models", "configs", "scripts", "build", "demo", ".*"]
root_doc = "docs/index"
nitpicky = True
highlight_language = "none"  # of a block that names no language
myst_heading_anchors = 4

html_theme = "pydata_sphinx_theme"
html_title = f"{project} {version}"
html_static_path = ["static"]
html_css_files = ["commonweal.css"]
templates_path = ["templates"]
html_additional_pages = {"index": "start.html"}  # the folder's own index.html leads to docs/index.html
html_sidebars = {"docs/index": []}
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # summaries are fetched, which browsers refuse to a page from file://
html_theme_options = {
    "logo": {"text": project},
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": ["sphinx-version"],
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
