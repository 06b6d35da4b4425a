"""python3 -m course_lib: set up the course, open it, test it.

This file parses what was typed and hands it on; each package brings its commands in a module of that name.
Only the standard library is used until the environment exists, and this file keeps to a form that old
versions of Python can read, so that they can be told in a sentence what is needed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

NEEDED = (3, 11)
# The names that an installed package is called by; the short one is an alias.
COMMANDS = ("reading-with-evidence", "course")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command of the course.

    Parameters
    ----------
    argv : Sequence[str], optional
        The command and its arguments; without them those that this program was started with.

    Returns
    -------
    int
        The exit status: that of the command, 1 after an error, 130 after Ctrl-C.
    """
    if sys.version_info < NEEDED:
        sentence = "The course needs Python {}.{} or newer; this is Python {}.{}. Install a newer one."
        sys.stderr.write(sentence.format(*(NEEDED + sys.version_info[:2])) + "\n")
        return 1
    from course_lib.errors import CourseError

    typed = list(sys.argv[1:] if argv is None else argv)
    end = typed.index("--") if "--" in typed else len(typed)
    arguments, extra = parser().parse_args(typed[:end]), typed[end + 1 :]
    try:
        status = _run(arguments, extra, typed)
        sys.stdout.flush()
        return status
    except CourseError as error:
        sys.stderr.write("{}\n".format(error))
        return 1
    except BrokenPipeError:
        # Whoever read along has heard enough, as `head` has; what is left in the pipe is thrown away.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. {}\n".format(arguments.after_stop))
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Returns
    -------
    argparse.ArgumentParser
        It knows every command. What it has parsed holds, beside the arguments, what `add_command` was
        given: `command`, `run`, `needs_packages` and `after_stop`.
    """
    import argparse

    from course_lib.instructor import commands as instructor
    from course_lib.instructor.authoring import commands as authoring
    from course_lib.reports import commands as reports
    from course_lib.setup import commands as setup
    from course_lib.setup.command_line import CommandParser

    top = argparse.ArgumentParser(
        prog=_typed_name(), description="Reading a News Story with Evidence: open and test it."
    )
    commands = top.add_subparsers(required=True, metavar="command", parser_class=CommandParser)
    for package in (setup, authoring, reports, instructor):
        package.add_parsers(commands)
    return top


def _run(arguments: argparse.Namespace, extra: Sequence[str], typed: Sequence[str]) -> int:
    if arguments.needs_packages:
        from course_lib.setup.environment import run_inside

        # As it was typed, so that no option is dropped on the way.
        status = run_inside(typed)
        if status is not None:
            return status
    return int(arguments.run(arguments, extra))


def _typed_name() -> str:
    """Return what somebody typed to get here, so that a usage line can be typed again."""
    name = os.path.splitext(os.path.basename(sys.argv[0]))[0]
    if name == "__main__":
        return "python3 -m course_lib"
    return name if name in COMMANDS else COMMANDS[0]


if __name__ == "__main__":
    sys.exit(main())
