"""How the figures look, and how they become files with the same bytes every time."""

from __future__ import annotations

import io
import textwrap

import matplotlib
from matplotlib.figure import Figure

# Okabe & Ito (2008): distinguishable with every common color vision deficiency.
BLACK, BLUE, VERMILION, GREEN, ORANGE, PURPLE = "#000000", "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7"
GRAY, PALE = "#6B6B6B", "#D9D9D9"
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "svg.hashsalt": "commonweal",
    "svg.fonttype": "none",
}
CAPTION_SIZE = 8.5


def styled():
    """Context in which figures are made and written."""
    return matplotlib.rc_context(STYLE)


def headline(figure: Figure, title: str, subtitle: str) -> None:
    """A title and a line below it, at the top left."""
    height = figure.get_figheight()
    figure.text(0.015, 1 - 0.2 / height, title, fontsize=14, weight="bold", va="top")
    figure.text(0.015, 1 - 0.52 / height, textwrap.shorten(subtitle, 130, placeholder=" ..."), color="#333333", va="top")


def caption(figure: Figure, text: str, width: int) -> None:
    """A caption at the foot, wrapped to `width` characters per line."""
    figure.text(
        0.015,
        0.012,
        "\n".join(textwrap.wrap(text, width)),
        fontsize=CAPTION_SIZE,
        color="#333333",
        va="bottom",
        linespacing=1.35,
    )


def as_files(name: str, figure: Figure) -> dict[str, bytes]:
    """`name`.svg and `name`.png; no date, no program version, fixed identifiers."""
    files = {}
    for kind, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=160, metadata=metadata)
        files[f"{name}.{kind}"] = buffer.getvalue()
    return files
