"""The commands for instructors: grades, what a class understood, questions for other systems, and a link."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from course_lib.setup.command_line import WRITES_WHOLE, Commands, add_command

if TYPE_CHECKING:
    from tqdm import tqdm


def add_parsers(commands: Commands) -> None:
    """Add to the command line what is for instructors: from `binder-link` to `example-class`.

    Parameters
    ----------
    commands : argparse._SubParsersAction
        The commands so far.
    """
    _add_binder_link(commands)
    _add_gradebook(commands)
    _add_understand(commands)
    _add_export_questions(commands)
    _add_example_class(commands)


def _add_binder_link(commands: Commands) -> None:
    link = add_command(
        commands,
        "binder-link",
        run_binder_link,
        "Print a link and a badge that launch the course on Binder.",
        needs_packages=False,
    )
    link.add_argument("--repo", metavar="ADDRESS", help="the repository; without it the one this is run in")
    link.add_argument("--ref", default="HEAD", help="its branch, tag or commit")
    link.add_argument(
        "--content", metavar="ADDRESS[@BRANCH]", help="fetch the lessons from this other repository at launch"
    )
    link.add_argument("--hub", default="https://mybinder.org", metavar="ADDRESS", help="another BinderHub")


def _add_gradebook(commands: Commands) -> None:
    gradebook = add_command(
        commands,
        "gradebook",
        run_gradebook,
        "Read the files that students handed in, mark every answer again and write the marks. "
        "Students are called by pseudonyms that stay the same as long as you keep the class's salt, a file "
        "that is made the first time: the table alone leads back to nobody, not even by trying out names, "
        "but salt and a list of names together do. So the salt stays with you.",
        needs_packages=True,
        after_stop=WRITES_WHOLE,
    )
    _add_folders(gradebook)
    gradebook.add_argument("--out", required=True, metavar="FILE", help="the marks: .csv, .xlsx or .html")
    gradebook.add_argument(
        "--names",
        default="pseudonym",
        metavar="pseudonym|file|FILE.csv",
        help="pseudonyms (without this); the names of the files; or a list: name of the file, name to show",
    )
    gradebook.add_argument("--report", metavar="FILE", help="what was remarked; without it beside the marks")
    gradebook.add_argument(
        "--answers", metavar="FILE", help="write every answer with its mark too; .csv or .xlsx"
    )
    _add_questions(gradebook)
    gradebook.add_argument(
        "--salt", metavar="FILE", help="the class's salt; without it my_work/class-salt.txt"
    )


def _add_understand(commands: Commands) -> None:
    understand = add_command(
        commands,
        "understand",
        run_understand,
        "Read the files that students handed in and write a page on what the class understood: what to talk "
        "about tomorrow, and every question in numbers, pictures and words. No student is named in it.",
        needs_packages=True,
        after_stop=WRITES_WHOLE,
    )
    _add_folders(understand)
    understand.add_argument(
        "--out", required=True, metavar="FOLDER_OR_FILE.html", help="the page, or a folder for it"
    )
    understand.add_argument(
        "--lesson",
        action="append",
        metavar="LESSON",
        help="only this lesson, such as 3, or before or after; may be given several times",
    )
    _add_questions(understand)


def _add_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--questions",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of questions of your own that students were asked, to be marked again too; may be given "
        "several times. Answers to other files are told as they were recorded",
    )


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders", nargs="+", metavar="FOLDER", help="a folder or a zip, such as a learning platform gives"
    )


def _add_export_questions(commands: Commands) -> None:
    export = add_command(
        commands,
        "export-questions",
        run_export_questions,
        "Write questions as another system reads them, with feedback, figures and sources, and beside them a "
        "report of what that system cannot carry.",
        needs_packages=True,
        after_stop=WRITES_WHOLE,
    )
    to = export.add_argument("--to", required=True, metavar="FORMAT", help="the form to write")
    out = export.add_argument("--out", required=True, metavar="FILE", help="the file")
    export.add_argument(
        "--lesson",
        nargs="+",
        action="extend",
        metavar="LESSON",
        help="only these lessons, such as 3 or 03_russia_in_syria; the tests before and after are written "
        "only if they are named",
    )

    def name_formats() -> None:
        try:
            from course_lib.instructor.export.formats import FORMATS
        except ModuleNotFoundError:
            # Help is given before the environment exists, too.
            return
        names_by_ending: dict[str, list[str]] = {}
        for name, form in FORMATS.items():
            names_by_ending.setdefault(form.ending, []).append(name)
        endings = (f"{ending} for {' and '.join(names)}" for ending, names in names_by_ending.items())
        to.help = f"the form to write: {', '.join(FORMATS)}"
        out.help = f"the file: {', '.join(endings)}"

    export.complete_help = name_formats


def _add_example_class(commands: Commands) -> None:
    example = add_command(
        commands,
        "example-class",
        run_example_class,
        "Write hand-ins of students that do not exist, to try the commands for instructors with. "
        "A few files are odd on purpose.",
        needs_packages=True,
        after_stop="The folder holds a part of the class. Delete it, or name another one.",
    )
    example.add_argument("folder", metavar="FOLDER", help="a new folder")
    example.add_argument("--students", type=int, default=200, help="how many (200)")
    example.add_argument("--seed", type=int, default=1, help="another number makes another class (1)")
    example.add_argument("--abilities", metavar="FILE", help="write who they are meant to be, as CSV")


def run_binder_link(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Print a link that launches the course on Binder, and a badge with it.

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
    SetupError
        Where no repository can be found, or an address is none.
    """
    from pathlib import Path

    from course_lib.instructor import launch_links

    remote = arguments.repo or launch_links.origin(Path.cwd())
    hub = arguments.hub.rstrip("/")
    link = launch_links.launch_link(remote, arguments.ref, arguments.content, hub)
    print(link)
    print(launch_links.badge(link, hub))
    return 0


def run_gradebook(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Grade what students submitted, write the gradebook and say what was read.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        0; 1 where files were put together that may be of two students.

    Raises
    ------
    ProgressError
        Where nothing can be read or written.
    """
    from course_lib.instructor.gradebook.gradebook import build_gradebook
    from course_lib.instructor.gradebook.output import gradebook_files
    from course_lib.instructor.gradebook.student_names import choose_names
    from course_lib.instructor.question_files import read_question_files
    from course_lib.instructor.submissions.pseudonyms import class_salt
    from course_lib.instructor.submissions.reading import read_submissions

    files = gradebook_files(
        arguments.out, arguments.report, arguments.salt, arguments.answers, arguments.names
    )
    names = choose_names(arguments.names)
    salt = None if names == "file" else class_salt(files.salt)
    question_files = read_question_files(arguments.questions)
    passing = [*files.no_submissions, *arguments.questions]
    submissions = read_submissions(arguments.folders, salt=salt, passing=passing)
    with submissions.show_progress(_progress_bar):
        book = build_gradebook(submissions, files=question_files)
    book.write(files, names, salt)
    print("\n".join(book.summary(files, names)))
    return int(book.report.is_doubtful)


def run_understand(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write the page on what a class understood and say what was read.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        0; 1 where files were put together that may be of two students.

    Raises
    ------
    ProgressError
        Where nothing can be read or written, or nobody answered what was asked for.
    """
    from pathlib import Path

    from course_lib.instructor.class_report.class_page import build_class_report, choose_banks, page_path
    from course_lib.instructor.question_files import read_question_files
    from course_lib.instructor.submissions.reading import read_submissions

    out = Path(arguments.out)
    path, banks = page_path(out), choose_banks(arguments.lesson)
    question_files = read_question_files(arguments.questions)
    submissions = read_submissions(arguments.folders, passing=[path, *arguments.questions])
    with submissions.show_progress(_progress_bar):
        report = build_class_report(submissions, banks, question_files)
    report.write(out)
    print("\n".join(report.summary(out)))
    return int(report.submissions.is_doubtful)


def run_export_questions(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write questions as another system reads them and say what that cannot carry.

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
        Where a lesson is not known or a file cannot be written.
    """
    from pathlib import Path

    from course_lib.instructor import export

    out = Path(arguments.out)
    export.require_file_name(out, export.select_format(arguments.to))
    exported = export.export_lessons(arguments.to, export.select_lessons(arguments.lesson))
    exported.write(out)
    print("\n".join(exported.summary(out)))
    return 0


def run_example_class(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write submissions of students that do not exist and say what is odd about them.

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
    ProgressError
        Where the folder holds files already, or it or the file of abilities cannot be written; then no
        student is made.
    """
    from tqdm import tqdm

    from course_lib.instructor import synthetic_class

    if arguments.abilities:
        synthetic_class.require_abilities_path(arguments.abilities, arguments.folder)
    with tqdm(total=arguments.students, unit=" students", disable=None) as bar:
        students = synthetic_class.make_class(
            arguments.folder, arguments.students, arguments.seed, progress=bar.update
        )
    if arguments.abilities:
        synthetic_class.write_abilities(students, arguments.abilities)
    print("\n".join(synthetic_class.describe_class(students, arguments.folder)))
    return 0


def _progress_bar(total: int) -> tqdm[NoReturn]:
    from tqdm import tqdm

    # Nobody looks at the bar of a program that writes to a file.
    return tqdm(total=total, unit=" files", disable=None)
