"""The parser of all commands of the package: what is wrong is told in the words of the program (sim/app/parse_errors.cpp)."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import NoReturn

from .errors import USAGE
from .nearest import did_you_mean


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that names the nearest option or choice, in one line on stderr and with exit code 2.

    Options are never abbreviated. help_command: what lists the options, if not `PROG --help`. also_known: options of a sister
    command that may be meant. explain: the whole message for words that no option takes, or "" to leave it to the parser.
    """

    def __init__(
        self,
        *args,
        help_command: str = "",
        also_known: tuple[str, ...] = (),
        explain: Callable[[list[str]], str] | None = None,
        **kwargs,
    ):
        super().__init__(*args, allow_abbrev=False, **kwargs)
        self._help = help_command or f"{self.prog} --help"
        self._also_known = also_known
        self._explain = explain

    def parse_known_args(self, args=None, namespace=None):
        """Refuses every word that is not understood, before it asks for what is missing."""
        words = sys.argv[1:] if args is None else list(args)
        self._refuse_unknown_options(words)
        parsed, left = super().parse_known_args(words, namespace)
        if left:
            self._refuse(left)
        return parsed, []

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"commonweal: error: {self._in_our_words(message)}\n")

    def _refuse_unknown_options(self, words: list[str]) -> None:
        """Words behind a command are those of its own parser."""
        known = self._option_string_actions
        for word in words:
            if word == "--" or (self._subparsers and not word.startswith("-")):
                return
            short_with_value = word[:2] in known and not word.startswith("--")
            if _is_option(word) and word.partition("=")[0] not in known and not short_with_value:
                self._refuse([word])

    def _refuse(self, words: list[str]) -> NoReturn:
        if self._explain and (message := self._explain(words)):
            self.error(message)
        word = words[0]
        hint = did_you_mean(word.partition("=")[0], [*self._option_string_actions, *self._also_known])
        self.error(f"'{word}' is not understood{hint}; `{self._help}` lists the options")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """The message for a value that is none of the choices."""
        if action.choices is None or value in action.choices:
            return
        hint = did_you_mean(str(value), action.choices)
        if isinstance(action, argparse._SubParsersAction):
            message = f"'{value}' is not understood{hint}; known: {', '.join(action.choices)}; `{self._help}` tells more"
        else:
            message = f"{_name(action)} is '{value}'{hint}; it must be {_listed([str(one) for one in action.choices])}"
        raise argparse.ArgumentError(None, message)

    def _in_our_words(self, message: str) -> str:
        """Messages of argparse, as far as they are of these forms."""
        if missing := re.fullmatch("the following arguments are required: (.*)", message):
            return self._missing(missing[1].split(", ")[0])
        if (wrong := re.fullmatch("argument (.+?): (.*)", message, re.DOTALL)) is None:
            return message
        action = self._action(wrong[1])
        name = _name(action) if action else wrong[1]
        if wrong[2].startswith("expected ") and action:
            return f"{name} needs a value: {name} {action.metavar or ''}, {action.help}"
        return f"{name}: {wrong[2]}"

    def _missing(self, called: str) -> str:
        action = self._action(called)
        if isinstance(action, argparse._SubParsersAction):
            return f"`{self.prog}` needs a {str(action.metavar).lower()}: {', '.join(action.choices)}"
        meaning = f": {action.help}" if action and action.help else ""
        return f"{_name(action) if action else called} is required{meaning}; `{self._help}` lists the options"

    def _action(self, name: str) -> argparse.Action | None:
        """The option or argument that argparse calls so: `-o/--output`, or a metavar."""
        called = ("/".join(action.option_strings) or action.metavar for action in self._actions)
        return next((action for action, its in zip(self._actions, called) if its == name), None)


def _is_option(word: str) -> bool:
    return len(word) > 1 and word.startswith("-") and not re.match(r"-\.?\d", word)


def _name(action: argparse.Action) -> str:
    """The name by which an option is told: its first long one."""
    return next((name for name in action.option_strings if name.startswith("--")), str(action.metavar or action.dest))


def _listed(names: list[str]) -> str:
    """`a, b or c`"""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
