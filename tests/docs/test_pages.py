"""Every command of the documentation works, and what pages quote is what it prints. How pages say so: tests/docs/README.md."""

from __future__ import annotations

import os

import pytest
from pages.page import read_page
from pages.prose import unbacked
from pages.runner import Runner
from pages.session import LIMIT, LONG, Session
from pages.site import ROOT, checks_numbers, maker_of, page_names

PAGES = [name for name in page_names() if not maker_of(ROOT / name)]
FULL = os.environ.get("COMMONWEAL_DOCS_FULL") == "1"


def test_pages_are_found():
    assert {"README.md", "CONTRIBUTING.md", "docs/tutorial/first_sweep.md", "docs/how-to/run_a_sweep.md"} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_page(name, binary, tmp_path, accounts):
    page = read_page(ROOT / name, name)
    problems = page.problems + (unbacked(page) if checks_numbers(name) else [])
    assert not problems, "\n" + "\n".join(problems)
    account = accounts[name] = Runner(page, Session(tmp_path, binary, LONG if FULL else LIMIT), ROOT, full=FULL).run()
    assert not account.failures, "\n" + "\n".join(account.failures)
