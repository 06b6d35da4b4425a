"""The commands for authors: faults of banks and words, a new lesson, the form that files are committed in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from course_lib.setup.command_line import Commands, add_command


def add_parsers(commands: Commands) -> None:
    """Add `check`, `new-lesson` and `tidy` to the command line.

    Parameters
    ----------
    commands : argparse._SubParsersAction
        The commands so far.
    """
    check = add_command(
        commands,
        "check",
        run_check,
        "Tell what is wrong with question banks and the words of the interface, and what might be better.",
        needs_packages=True,
    )
    check.add_argument(
        "banks", nargs="*", metavar="FILE", help="TOML files; without any, those of the course and its words"
    )
    new_lesson = add_command(
        commands,
        "new-lesson",
        run_new_lesson,
        "Write a new lesson that runs and passes the tests of content, with a text that is to be replaced, "
        "and enter it into lessons/course.toml.",
        needs_packages=True,
    )
    new_lesson.add_argument("stem", metavar="STEM", help="the name of its files, like 12_bread_prices")
    new_lesson.add_argument("--title", required=True, help="the title of the lesson")
    new_lesson.add_argument("--question", help="the question it answers")
    new_lesson.add_argument(
        "--horizon", metavar="DAY", help="the last day whose events it uses, like 2024-12-31; without it all"
    )
    new_lesson.add_argument(
        "--after",
        metavar="STEM",
        help="the lesson it follows; without it the last one, or with a horizon the last one that has any",
    )
    tidy = add_command(
        commands,
        "tidy",
        run_tidy,
        "Write lessons, and files made from others, in the form in which they are committed.",
        needs_packages=True,
    )
    tidy.add_argument(
        "--check", action="store_true", help="change nothing; only name the files that are not clean"
    )


def run_check(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Print what is wrong with question banks and, where none is named, with the words of the interface.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        0 where nothing is wrong, 1 otherwise; advice is no fault.

    Raises
    ------
    CourseError
        Where what the course rests on cannot be read.
    """
    from pathlib import Path

    from course_lib import paths
    from course_lib.curriculum import course
    from course_lib.instructor.authoring import catalogue_check, cross_references
    from course_lib.instructor.authoring.markdown_faults import markdown_faults

    wrong = False
    for bank in map(Path, arguments.banks or sorted(paths.ITEMS.glob("*.toml"))):
        faults: list[str]
        advice: list[str]
        if bank.resolve() == paths.MESSAGES.resolve():
            faults, advice = catalogue_check.catalogue_faults(), []
        else:
            faults, advice = course.examine_bank(bank)
            faults += markdown_faults(bank)
        wrong = wrong or bool(faults)
        _print_findings(faults, advice)
        if not faults and not advice:
            print(f"{bank.name}: nothing to remark")
    if not arguments.banks:
        faults = catalogue_check.catalogue_faults()
        wrong = wrong or bool(faults)
        _print_findings(faults, cross_references.stale_references())
    return 1 if wrong else 0


def _print_findings(faults: Sequence[str], advice: Sequence[str]) -> None:
    for sentence in [*faults, *(f"advice: {sentence}" for sentence in advice)]:
        print(sentence)


def run_new_lesson(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write a new lesson and say what is to be done with it.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        0.

    Raises
    ------
    CourseError
        Where there is such a lesson, or it cannot be written.
    """
    from course_lib.instructor.authoring import new_lesson

    question = new_lesson.QUESTION if arguments.question is None else arguments.question
    sentences = new_lesson.write_lesson(
        arguments.stem, arguments.title, question, arguments.horizon, arguments.after
    )
    print("\n".join(sentences))
    return 0


def run_tidy(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write every file in its committed form, or only name those that are not in it.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        1 where files were only to be named and there are some, 0 otherwise.

    Raises
    ------
    CourseError
        Where what a file is written from cannot be read.
    """
    from course_lib import evidence
    from course_lib.curriculum import course
    from course_lib.setup import module_map, tidy
    from course_lib.widgets import page_declarations

    untidy = [
        *tidy.tidy_lessons(arguments.check),
        *evidence.tidy(arguments.check),
        *course.tidy_schema(arguments.check),
        *page_declarations.tidy_declarations(arguments.check),
        *module_map.tidy_map(arguments.check),
    ]
    for name in untidy:
        print(f"{'not clean:' if arguments.check else 'cleaned:'} {name}")
    return 1 if arguments.check and untidy else 0
