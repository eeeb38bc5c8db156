"""The runner finds what is wrong with a page: each mistake is planted in a page that passes without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages.output import ANYTHING, Tolerance, difference, tolerance_of
from pages.page import read_page
from pages.prose import unbacked
from pages.runner import Runner, changed
from pages.session import Session
from pages.site import maker_of

GOOD = """\
# A page

Write a file `numbers.txt`:

<!-- file: numbers.txt -->
```text
1 2
3.5 4
```

Look at it. The second row ends with 4, its first number is 3.5:

```sh
cd . && export WHICH=numbers.txt   # kept for the next block
tail -n 1 numbers.txt
```

```text
3.5 4
```

And then

```sh
head -n 1 "$WHICH"
echo "not compared" >&2
```

```text
1 2
```

<!-- not run: needs root -->
```sh
shutdown now
```

```python
rows = [line.split() for line in open("numbers.txt")]
rows[1]
```

```text
['3.5', '4']
```

```python
for row in rows:
    row.pop()
print(len(rows))
```

```text
2
```

<!-- exit code: 3 -->
```sh
exit 3
```
"""


@pytest.fixture
def played(tmp_path):
    """Plays a text as a page; returns the account. The simulator is a script that prints its arguments."""
    simulator = tmp_path / "simulator"
    simulator.write_text('#!/bin/sh\necho "$@"\n')
    simulator.chmod(0o755)

    def play(text: str, full: bool = False):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        page = read_page(path)
        assert page.problems == []
        folder = tmp_path / f"played{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return Runner(page, Session(folder, simulator), tmp_path, full=full).run()

    return play


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "page.md"
    path.write_text(text, encoding="utf-8")
    return [problem.removeprefix(f"{path}:") for problem in read_page(path).problems]


def test_a_good_page_passes(played):
    account = played(GOOD)
    assert account.failures == []
    assert (account.blocks, account.outputs) == (5, 4)
    assert account.not_run == [(34, "needs root")]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("```text\n3.5 4\n```", "```text\n3.4 4\n```", "page.md:18: another output\n"),
        ("```text\n1 2\n```\n\n<!--", "```text\n1 2\n5\n```\n\n<!--", "page.md:29: another output\n"),
        ("['3.5', '4']", "['3.5', '5']", "page.md:43: another output\n"),
        ("head -n 1", "head -n -x", "page.md:24: exit code 1, not 0, of\n"),
        ("exit 3", "exit 4", "page.md:58: exit code 4, not 3, of\n"),
        ("exit 3", "true", "page.md:58: exit code 0, not 3, of\n"),
        ("print(len(rows))", "print(len(raws))", "page.md:47: exit code 1, not 0, of\n"),
    ],
    ids=["wrong number", "line too many", "wrong value", "failing command", "another code", "unexpected success", "bad name"],
)
def test_a_planted_mistake_is_found(played, right, wrong, told):
    assert right in GOOD
    failures = played(GOOD.replace(right, wrong)).failures
    assert len(failures) == 1 and told in failures[0]


def test_a_failing_command_in_the_middle_of_a_block_or_a_pipe_is_found(played):
    assert played("```sh\ntrue\n```").failures == []
    assert played("```sh\nfalse\ntrue\n```").failures
    assert played("```sh\nfalse | cat\n```").failures


def test_a_command_that_does_not_end_is_stopped(tmp_path):
    done = Session(tmp_path, Path("/bin/true"), limit=0.2).shell("echo before; tail -f /dev/null")
    assert (done.out, done.code) == ("before\n", 137)
    assert "stopped after 0.2 s" in done.errors


def test_nothing_is_executed_behind_a_failure(played):
    account = played("```sh\nfalse\n```\n\n```sh\ntouch /nonexistent/file\n```")
    assert len(account.failures) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("```\ncommonweal list\n```", "1: a block without a language: sh or console for commands"),
        ("```toml\na = 1\n```", "1: unmarked `toml` block"),
        ("Text.\n\n```text\nx\n```", "3: a `text` block that is no output"),
        ("<!-- file: a.toml -->\n```toml\na = 1\n```", "2: no text before this block tells the reader to write a file"),
        ("<!-- no run: why -->\n```toml\na = 1\n```", "1: unknown marker 'no run' (did you mean 'not run'?)"),
        ("<!-- not run: why -->\n\nText.\n\n```sh\nls\n```", "1: marker 'not run' does not stand directly before a block"),
        ("<!-- not run: -->\n```sh\nls\n```", "1: marker 'not run' says nothing"),
        ("<!-- exit code: two -->\n```sh\nls\n```", "1: marker 'exit code' says 'two'"),
        ("```sh\nls\n```\n\n<!-- output: stdeer -->\n```text\na\n```", "5: marker 'output' says 'stdeer'"),
        ("```sh\nls\n```\n\n<!-- tolerance: some -->\n```text\na\n```", "5: marker 'tolerance' says 'some'"),
        ("Text.\n\n    commonweal list\n", "3: an indented block with a command"),
        ("```sh\nls\n```\n\n```text\na\n```\n\n```text\nb\n```", "9: a `text` block that is no output"),
    ],
)
def test_an_unmarked_or_mismarked_block_is_found(tmp_path, text, told):
    found = problems_of(tmp_path, text)
    assert found and found[0].startswith(told)


def test_formulas_directives_and_other_comments_are_no_blocks(tmp_path):
    text = "<!-- spelling is checked: elsewhere -->\n\n    c(t) = m\n\n```{toctree}\nx\n```\n"
    assert problems_of(tmp_path, text) == []


def test_commands_are_reduced_and_their_outputs_compared_by_shape(played):
    page = "<!-- run with: replicates=2 -->\n```sh\ncommonweal run x.toml -o y.h5\necho mean 1.25\n```\n\n```text\n{}\n```\n"
    quoted = page.format("run x.toml -o y.h5\nmean 1.25")
    account = played(quoted)
    assert account.reduced == [(2, "replicates=2")]
    assert account.failures and "+run x.toml replicates=2 -o y.h5" in account.failures[0]
    assert played(quoted, full=True).failures == []
    assert played(page.format("...\nmean 7.5")).failures == []
    assert played(page.format("...\nmean 7.5"), full=True).failures
    assert played(page.format("...\nmedian 1.25")).failures
    full_only = page.format("...\nmedian 1.25").replace("```text", "<!-- of the full run: an hour -->\n```text")
    assert played(full_only).failures == [] and played(full_only, full=True).failures


def test_what_is_reduced_must_be_there():
    assert changed("commonweal sweep a b=3 -o c", "b=2 for b=3; --dry-run") == "commonweal sweep a --dry-run b=2 -o c"
    with pytest.raises(ValueError, match="changes nothing"):
        changed("commonweal sweep a b=3", "b=2 for b=4")
    with pytest.raises(ValueError, match="changes nothing"):
        changed("ls", "replicates=2")


def test_console_blocks_compare_each_output(played):
    assert played("```console\n$ echo a \\\n    b\na b\n$ echo c >&2\nc\n```").failures == []
    failures = played("```console\n$ echo a\na\n$ echo b\nc\n```").failures
    assert len(failures) == 1 and "$ echo b" in failures[0]
    assert played("```console\n$ echo a\n$ echo b\n```").failures == []
    assert played("```console\n$ echo a\n$ false\n```").failures


def test_messages_are_compared_on_the_stream_that_is_named(played):
    page = "```sh\necho out; echo message >&2\n```\n\n<!-- output: {} -->\n```text\n{}\n```"
    assert played(page.format("stderr", "message")).failures == []
    assert played(page.format("stdout", "out")).failures == []
    assert played(page.format("both", "out\nmessage")).failures == []
    assert played(page.format("stderr", "out")).failures


def test_values_in_the_text_are_looked_up(played):
    given = '<!-- given: echo \'{"rows": [{"name": "a", "mean": 0.456}, {"name": "b", "mean": 1234.5}]}\' > r.json -->\n'
    assert played(given + "<!-- value: 0.46 = r.json: rows[?name=='a'].mean | [0] -->").failures == []
    assert played(given + "<!-- value: 1,234.5 = r.json: rows[1].mean -->").failures == []
    assert played("<!-- value: 12 % = $ echo 12.4 -->").failures == []
    wrong = played(given + "<!-- value: 0.45 = r.json: rows[0].mean -->").failures
    assert wrong and "the text says 0.45; it is 0.456" in wrong[0]
    assert played(given + "<!-- value: 0.46 = r.json: rows[5].mean -->").failures
    assert played("<!-- value: 1 = $ false -->").failures
    full = given + "<!-- full value: 0.45 = r.json: rows[0].mean -->"
    assert played(full).failures == [] and played(full, full=True).failures


def test_a_failing_preparation_is_told(played):
    assert "what is given fails with exit code 1" in played("<!-- given: false -->").failures[0]
    assert "there is no nowhere.h5 to copy" in played("<!-- copy: nowhere.h5 -->").failures[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It falls to 3.7 tokens.\n\n```sh\necho 3.7\n```", []),
        ("It falls to 3.7 tokens.\n\n```sh\necho 3.8\n```", ["3.7"]),
        ("It falls by 3.7 tokens.\n\n<!-- value: -3.7 = $ echo -3.7 -->", []),
        ("A class of 90 minutes.", ["90"]),
        ("A class of 90 minutes.\n\n<!-- not checked: 90: a class -->", []),
        ("In 2010 three of 4 people met at v1.25 of `x 17`; x 17 of 2,000.", ["2,000"]),
        ("| a | 0.25 |\n|---|---|\n| b | 12 % |", ["0.25", "12"]),
    ],
)
def test_numbers_in_the_text_need_something_behind_them(tmp_path, text, left):
    path = tmp_path / "page.md"
    path.write_text(text, encoding="utf-8")
    assert [found.split(": ")[1].split()[0] for found in unbacked(read_page(path))] == left


@pytest.mark.parametrize(
    ("quoted", "printed", "same"),
    [
        ("a\nb", "a\nb", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...", "a", True),
        ("...\nd", "a\nd", True),
        ("...\nd", "d\ne", False),
        ("a\n...\nb\n...\nc", "a\nb\nx\nb\nc", True),
        ("a\n...\nb\n...\nc", "a\nx\nc", False),
        ("took ... s", "took 0.31 s", True),
        ("took ... s", "took 0.31 ms", False),
        ("a 1", "a 1.0", False),
        ("a  b", "a b", False),
        ("a", "a  ", True),
    ],
)
def test_outputs_are_compared_exactly_but_for_what_is_left_out(quoted, printed, same):
    assert (difference(quoted, printed) == "") is same


def test_numbers_are_compared_within_a_tolerance():
    assert difference("a  1.25 [-0.5, 2]", "a 1.26 [-0.51, 2]", Tolerance(absolute=0.011)) == ""
    assert difference("a 1.25", "a 1.27", Tolerance(absolute=0.011))
    assert difference("1,000 b", "1,090 b", Tolerance(relative=0.1)) == ""
    assert difference("1000 b", "1,110 b", Tolerance(relative=0.1))
    assert difference("--- -----\nx     12", "----- ---\nx 7", ANYTHING) == ""
    assert difference("x 12 y", "x 7 z", ANYTHING)
    assert difference("x 12 ... y", "x 7 anything 3 y", ANYTHING) == ""
    assert tolerance_of("5 % or 0.01") == Tolerance(0.01, 0.05)
    for wrong in ("", "none", "-1", "nan"):
        with pytest.raises(ValueError):
            tolerance_of(wrong)


def test_pages_that_a_script_writes_are_left_to_it(tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/make.sh").touch()
    page = tmp_path / "page.md"
    page.write_text("# A\n\nThis page is written by `scripts/make.sh` from X.\n")
    assert maker_of(page, tmp_path) == "scripts/make.sh"
    page.write_text("# A\n\nThis page is written by `scripts/nobody.sh`.\n")
    assert maker_of(page, tmp_path) == ""
    page.write_text("# A\n\nThis page is what `commonweal manual` prints.\n")
    assert maker_of(page, tmp_path) == "commonweal manual"
    page.write_text("# A\n\nRun `scripts/make.sh`.\n")
    assert maker_of(page, tmp_path) == ""
