"""What `commonweal reproduce` says to somebody who wants to change the experiment as `commonweal run` lets one."""

from __future__ import annotations

import re
import shlex

OPTIONS = {"replicates": "--replications", "seed.all": "--seed", "subjects.file": "--subjects"}
VALUE = re.compile(r"[a-z_][\w.]*=.*", re.IGNORECASE | re.DOTALL)


def told(words: list[str]) -> str:
    """The message for `KEY=VALUE` words: the option of that meaning, or the commands that give the table of a changed
    experiment; "" if there are other words."""
    if not all(VALUE.fullmatch(word) for word in words):
        return ""
    key, _, value = words[0].partition("=")
    if key in OPTIONS:
        return f"'{words[0]}' is not understood here; it is {OPTIONS[key]} {shlex.quote(value)}"
    return (
        f"the design of a reproduction is fixed, so that it can be judged; for the same regressions with {' '.join(words)}: "
        f"`commonweal run fowler_christakis_2010 {shlex.join(words)} record.agents=true -o FILE.h5`, "
        "then `commonweal analyze dyads --data FILE.h5` (docs/how-to/estimate_influence.md)"
    )
