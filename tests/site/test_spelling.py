"""The pages are spelled as American English, with the words of docs/words.txt; names and words of the field stand there."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from conftest import PLANTED, ROOT, lacks, require_modules

PLACES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "configs", "sim", "models", "analysis/src", "scripts")


@pytest.fixture(scope="module")
def checker() -> None:
    require_modules("docs", "pyspelling", "codespell_lib")
    if not shutil.which("aspell"):
        lacks("aspell", "docs")


def spelling(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pyspelling", "--jobs", "2", "-c", "docs/conf/spelling.yml", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def common_mistakes(*places: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codespell_lib", "--ignore-words", "docs/words.txt", "--skip", "*.csv", *places]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_dictionary_knows_every_word(checker):
    done = spelling()
    assert done.returncode == 0, f"{done.stdout[-3000:]}\ndocs/words.txt takes names and words of the field"


def test_misspelled_word_is_found(checker):
    done = spelling("--name", "pages", "--source", str(PLANTED.relative_to(ROOT)))
    assert done.returncode == 1 and "misspeled" in done.stdout and "quincunxial" in done.stdout


def test_no_common_mistake(checker):
    done = common_mistakes(*PLACES)
    assert done.returncode == 0, done.stdout


def test_common_mistake_is_found(checker):
    done = common_mistakes(str(PLANTED.relative_to(ROOT)))
    assert done.returncode != 0 and "teh ==> the" in done.stdout


def test_word_list_is_in_order_and_without_repetition():
    words = (ROOT / "docs/words.txt").read_text(encoding="utf-8").split()
    assert words == sorted(set(words), key=lambda word: (word.lower(), word))
