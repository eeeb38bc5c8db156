"""The notebook for students runs from top to bottom, and shows the numbers of the worksheet's answers."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from pages.site import ROOT

NOTEBOOK = ROOT / "docs/teaching/fowler_christakis_2010.ipynb"
ANSWERS = ROOT / "docs/teaching/answers_fowler_christakis.md"


def played(binary: Path, folder: Path, **changes) -> str:
    """All text that the notebook shows, after values of the cell tagged `change` were replaced."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    (cell,) = (cell for cell in notebook.cells if "change" in cell.metadata.get("tags", []))
    for name, value in changes.items():
        cell.source, found = re.subn(rf"^{name} = \S+", f"{name} = {value!r}", cell.source, flags=re.MULTILINE)
        assert found == 1, name
    environment = os.environ | {"COMMONWEAL_BINARY": str(binary), "TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", output["text"]
            texts.append(output["text"] if output.output_type == "stream" else output.data.get("text/plain", ""))
    return "\n".join(texts)


def test_outputs_are_not_in_the_repository():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 6
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, ["one token becomes 2.295 tokens in all (+- 0.017)", "0.1077", "0.0117", "2.295 changed (+- 0.017)"]),
        ({"share_of_free_riders": 0.25}, ["1.827 changed", "0.0807", "0.0065"]),
        ({"matching": "partners"}, ["2.296 changed", "0.1075", "0.0845"]),
        ({"seed": 1}, ["2.274 changed", "0.1072", "0.0115"]),
    ],
    ids=["as it is", "free riders", "partners", "other people"],
)
def test_notebook_shows_the_numbers_of_the_answers(binary, tmp_path, changes, shown):
    text, answers = played(binary, tmp_path, **changes), ANSWERS.read_text(encoding="utf-8")
    for one in shown:
        assert one in text
        assert re.search(r"\d\.\d+", one)[0] in answers
    changed = re.findall(r"(\d\.\d+) changed", text)
    assert len(changed) == 1 and (changed == ["2.295"]) == (not changes)
    assert re.search(r"degree 1 lag 1 +0\.19 +0\.14 +0\.24 ", text), "the published interval"
    assert "causal_low" in text and "causal_high" in text
