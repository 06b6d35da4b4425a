"""python3 -m course_lib: set up the course, open it, test it.

Only the standard library is used until the environment exists, and this file keeps to a form that old
versions of Python can read, so that they can be told in a sentence what is needed.
"""

import os
import sys

NEEDED = (3, 11)
# The names that an installed package is called by; the short one is an alias.
COMMANDS = ("reading-with-evidence", "course")
# What is true when somebody stops a command with Ctrl-C.
_SET_UP = "The next start sets up whatever is missing; answers are kept as they were given."
_WHOLE = "A file is written whole or not at all; run the command again for those that are missing."
_RUN_AGAIN = "Run the command again."
_AFTER_STOP = {
    "start": _SET_UP,
    "test": "The next run begins with the first test; what is not set up yet is set up then.",
    "setup": _SET_UP,
    "portfolio": _WHOLE,
    "gradebook": _WHOLE,
    "understand": _WHOLE,
    "export-questions": _WHOLE,
    "example-class": "The folder holds a part of the class. Delete it, or name another one.",
}


def _name_typed():
    """Return what somebody typed to get here, so that a usage line can be typed again."""
    name = os.path.splitext(os.path.basename(sys.argv[0]))[0]
    if name == "__main__":
        return "python3 -m course_lib"
    return name if name in COMMANDS else COMMANDS[0]


def main(argv=None):
    """Run one command of the course and return its exit status."""
    if sys.version_info < NEEDED:
        sentence = "The course needs Python {}.{} or newer; this is Python {}.{}. Install a newer one."
        sys.stderr.write(sentence.format(*(NEEDED + sys.version_info[:2])) + "\n")
        return 1
    from course_lib.errors import CourseError

    argv = list(sys.argv[1:] if argv is None else argv)
    argv, extra = (argv[: argv.index("--")], argv[argv.index("--") + 1 :]) if "--" in argv else (argv, [])
    asked = parser().parse_args(argv)
    try:
        status = asked.run(asked, extra) or 0
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
        sys.stderr.write("Stopped. {}\n".format(_AFTER_STOP.get(asked.command, _RUN_AGAIN)))
        return 130


def parser():
    """Return the parser of the command line."""
    import argparse

    top = argparse.ArgumentParser(
        prog=_name_typed(), description="Reading a News Story with Evidence: open and test it."
    )
    commands = top.add_subparsers(required=True, metavar="command")

    def command(name, run, text):
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(run=run, command=name)
        return one

    start = command("start", _start, "Set up what is missing and open JupyterLab at the course home.")
    start.add_argument(
        "--no-browser", action="store_true", help="do not open a browser; print the address only"
    )
    start.add_argument("--port", type=int, help="port to use; without it a free one is taken")
    start.add_argument("--lab-dir", metavar="DIR", help="work in this folder: the lessons are copied there")
    command("test", _test, "Set up the tests' tools too and run every test; arguments after -- go to pytest.")
    setup = command("setup", _setup, "Only set up the environment.")
    setup.add_argument("--with", dest="layer", choices=["test"], help="set up the tests' tools too")
    command("doctor", _doctor, "Tell what is there and what is missing.")
    check = command(
        "check",
        _check,
        "Tell what is wrong with question banks and the words of the interface, and what might be better.",
    )
    check.add_argument(
        "banks", nargs="*", metavar="FILE", help="TOML files; without any, those of the course"
    )
    new = command(
        "new-lesson",
        _new_lesson,
        "Write a new lesson that runs and passes the tests of content, with a text that is to be replaced, "
        "and enter it into lessons/course.toml.",
    )
    new.add_argument("stem", metavar="STEM", help="the name of its files, like 12_bread_prices")
    new.add_argument("--title", required=True, help="the title of the lesson")
    new.add_argument("--question", help="the question it answers")
    new.add_argument(
        "--horizon", metavar="DAY", help="the last day whose events it uses, like 2024-12-31; without it all"
    )
    new.add_argument(
        "--after",
        metavar="STEM",
        help="the lesson it follows; without it the last one, or with a horizon the last one that has any",
    )
    command(
        "hub-server",
        _hub_server,
        "On a JupyterHub: copy the lessons to the student's folder, then start their server. "
        "Arguments after -- go to jupyterhub-singleuser.",
    )
    link = command("binder-link", _binder_link, "Print a link and a badge that launch the course on Binder.")
    link.add_argument("--repo", metavar="ADDRESS", help="the repository; without it the one this is run in")
    link.add_argument("--ref", default="HEAD", help="its branch, tag or commit")
    link.add_argument(
        "--content", metavar="ADDRESS[@BRANCH]", help="fetch the lessons from this other repository at launch"
    )
    link.add_argument("--hub", default="https://mybinder.org", metavar="ADDRESS", help="another BinderHub")
    folio = command(
        "portfolio", _portfolio, "Write your portfolio: everything you answered, as one page to be read."
    )
    folio.add_argument("--out", metavar="FILE", help="the file; without it portfolio.html in my_work")
    folio.add_argument("--markdown", action="store_true", help="write Markdown instead of a page")
    folio.add_argument("--name", default="", help="the name to be put on it; without it a line is left empty")
    folio.add_argument(
        "--from", dest="work", metavar="FILE", help="take the answers from a file that Download my work gave"
    )
    book = command(
        "gradebook",
        _gradebook,
        "Read the files that students handed in, mark every answer again and write the marks. "
        "Students are called by pseudonyms that stay the same as long as you keep the class's salt, a file "
        "that is made the first time: the table alone leads back to nobody, not even by trying out names, "
        "but salt and a list of names together do. So the salt stays with you.",
    )
    book.add_argument(
        "folders", nargs="+", metavar="FOLDER", help="a folder or a zip, such as a learning platform gives"
    )
    book.add_argument("--out", required=True, metavar="FILE", help="the marks: .csv, .xlsx or .html")
    book.add_argument(
        "--names",
        default="pseudonym",
        metavar="pseudonym|file|FILE.csv",
        help="pseudonyms (without this); the names of the files; or a list: name of the file, name to show",
    )
    book.add_argument("--report", metavar="FILE", help="what was remarked; without it beside the marks")
    book.add_argument("--answers", metavar="FILE", help="write every answer with its mark too, as CSV")
    book.add_argument("--salt", metavar="FILE", help="the class's salt; without it my_work/class-salt.txt")
    understand = command(
        "understand",
        _understand,
        "Read the files that students handed in and write a page on what the class understood: what to talk "
        "about tomorrow, and every question in numbers, pictures and words. No student is named in it.",
    )
    understand.add_argument(
        "folders", nargs="+", metavar="FOLDER", help="a folder or a zip, such as a learning platform gives"
    )
    understand.add_argument(
        "--out", required=True, metavar="FOLDER_OR_FILE.html", help="the page, or a folder for it"
    )
    understand.add_argument(
        "--lesson",
        action="append",
        metavar="LESSON",
        help="only this lesson, such as 3, or before or after; may be given several times",
    )
    export = command(
        "export-questions",
        _export_questions,
        "Write questions as another system reads them, with feedback, figures and sources, and beside them a "
        "report of what that system cannot carry.",
    )
    export.add_argument(
        "--to", required=True, choices=["moodle", "gift", "qti21", "canvas"], help="the form to write"
    )
    export.add_argument(
        "--out", required=True, metavar="FILE", help="the file: .xml for moodle, .txt for gift, else .zip"
    )
    export.add_argument(
        "--lesson",
        nargs="+",
        action="extend",
        metavar="LESSON",
        help="only these lessons, such as 3 or 03_russia_in_syria; the tests before and after are written "
        "only if they are named",
    )
    example = command(
        "example-class",
        _example_class,
        "Write hand-ins of students that do not exist, to try the commands for instructors with. "
        "A few files are odd on purpose.",
    )
    example.add_argument("folder", metavar="FOLDER", help="a new folder")
    example.add_argument("--students", type=int, default=200, help="how many (200)")
    example.add_argument("--seed", type=int, default=1, help="another number makes another class (1)")
    example.add_argument("--abilities", metavar="FILE", help="write who they are meant to be, as CSV")
    tidy = command(
        "tidy", _tidy, "Write lessons, and files made from others, in the form in which they are committed."
    )
    tidy.add_argument(
        "--check", action="store_true", help="change nothing; only name the files that are not clean"
    )
    return top


def _start(asked, extra):
    program = None
    if place := _environment():
        place.ensure(["kernel", "lab"])
        program = place.program("jupyter-lab")
    from course_lib.setup.launch import open_lab

    return open_lab(not asked.no_browser, asked.port, asked.lab_dir, extra, program)


def _test(_asked, extra):
    from course_lib.errors import SetupError
    from course_lib.setup.environment import run_until_end

    place = _environment()
    if place is None:
        raise SetupError(
            "The tests are part of the course's source, not of the installed package. Fetch the source."
        )
    place.ensure(["kernel", "lab", "test"])
    # Whatever a user set for their own pytest runs is not ours.
    settings = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return run_until_end([str(place.program("python")), "-m", "pytest", *extra], cwd=place.root, env=settings)


def _setup(asked, _extra):
    if place := _environment():
        place.ensure(["kernel", "lab", *([asked.layer] if asked.layer else [])])


def _doctor(_asked, _extra):
    from course_lib.setup.doctor import examine_machine

    return 0 if examine_machine() else 1


def _inside(*arguments):
    """Run this command in the checkout's environment; None where this one has what is needed."""
    from course_lib.setup.environment import run_until_end

    place = _environment()
    if place is None or place.is_running() or place.dependencies_met():
        return None
    place.ensure(["kernel", "lab"])
    return run_until_end([str(place.program("python")), "-m", "course_lib", *arguments])


def _hub_server(_asked, extra):
    from course_lib.setup.launch import hub_server

    hub_server(extra)


def _binder_link(asked, _extra):
    from pathlib import Path

    from course_lib.instructor import launch_links

    remote = asked.repo or launch_links.origin(Path.cwd())
    link = launch_links.launch_link(remote, asked.ref, asked.content, asked.hub.rstrip("/"))
    print(link)
    print(launch_links.badge(link, asked.hub.rstrip("/")))


def _check(asked, _extra):
    if (status := _inside("check", *asked.banks)) is not None:
        return status
    from pathlib import Path

    from course_lib import paths
    from course_lib.curriculum import course

    banks = [Path(bank) for bank in asked.banks] or sorted(paths.ITEMS.glob("*.toml"))
    wrong = 0
    for bank in banks:
        faults, advice = course.examine_bank(bank)
        wrong += len(faults)
        for sentence in [*faults, *(f"advice: {sentence}" for sentence in advice)]:
            print(sentence)
        if not faults and not advice:
            print("{}: nothing to remark".format(bank.name))
    if not asked.banks:
        from course_lib.instructor.authoring import catalogue_check, cross_references

        faults = catalogue_check.catalogue_faults()
        wrong += len(faults)
        for sentence in [
            *faults,
            *("advice: {}".format(place) for place in cross_references.stale_references()),
        ]:
            print(sentence)
    return 1 if wrong else 0


def _new_lesson(asked, _extra):
    given = [asked.stem, "--title={}".format(asked.title)]
    for name in ("question", "horizon", "after"):
        if getattr(asked, name) is not None:
            given.append("--{}={}".format(name, getattr(asked, name)))
    if (status := _inside("new-lesson", *given)) is not None:
        return status
    from course_lib.instructor.authoring import new_lesson

    question = new_lesson.QUESTION if asked.question is None else asked.question
    print("\n".join(new_lesson.write_lesson(asked.stem, asked.title, question, asked.horizon, asked.after)))


def _portfolio(asked, _extra):
    given = [
        *(["--out", asked.out] if asked.out else []),
        *(["--markdown"] if asked.markdown else []),
        *([f"--name={asked.name}"] if asked.name else []),
        *(["--from", asked.work] if asked.work else []),
    ]
    if (status := _inside("portfolio", *given)) is not None:
        return status
    import tempfile
    from pathlib import Path

    from course_lib import paths
    from course_lib.reports import output
    from course_lib.student.progress import Progress

    name = "portfolio.md" if asked.markdown else "portfolio.html"
    out = Path(asked.out or paths.work() / name)
    with tempfile.TemporaryDirectory() as folder:
        progress = output.progress_from_file(asked.work, folder) if asked.work else Progress()
        made = output.build_portfolio(progress, asked.name)
        text = made.markdown() if asked.markdown else made.html()
    if not asked.out:
        paths.work().mkdir(parents=True, exist_ok=True)
    output.write_portfolio(out, text)
    print("{} holds {} of {} questions answered.".format(out, made.answered, made.questions))


def _gradebook(asked, _extra):
    given = [*asked.folders, "--out", asked.out, "--names", asked.names]
    for name in ("report", "answers", "salt"):
        given += ["--" + name, getattr(asked, name)] if getattr(asked, name) else []
    if (status := _inside("gradebook", *given)) is not None:
        return status
    from tqdm import tqdm

    from course_lib.instructor.gradebook import gradebook

    def bar(total):
        # Nobody looks at the bar of a program that writes to a file.
        return tqdm(total=total, unit=" files", disable=None)

    told = gradebook.write_gradebook(
        asked.folders, asked.out, asked.names, asked.report, asked.salt, asked.answers, bar
    )
    print("\n".join(told))


def _understand(asked, _extra):
    given = [*asked.folders, "--out", asked.out]
    for name in asked.lesson or []:
        given += ["--lesson", name]
    if (status := _inside("understand", *given)) is not None:
        return status
    from tqdm import tqdm

    from course_lib.instructor.class_report import class_page

    def bar(total):
        return tqdm(total=total, unit=" files", disable=None)

    print("\n".join(class_page.write_class_report(asked.folders, asked.out, asked.lesson, bar)))


def _export_questions(asked, _extra):
    given = ["--to", asked.to, "--out", asked.out]
    given += ["--lesson", *asked.lesson] if asked.lesson else []
    if (status := _inside("export-questions", *given)) is not None:
        return status
    from course_lib.instructor import export

    print("\n".join(export.write_export(asked.to, asked.out, asked.lesson)))


def _example_class(asked, _extra):
    given = ["--students", str(asked.students), "--seed", str(asked.seed)]
    given += ["--abilities", asked.abilities] if asked.abilities else []
    if (status := _inside("example-class", asked.folder, *given)) is not None:
        return status
    from tqdm import tqdm

    from course_lib.instructor import synthetic_class

    with tqdm(total=asked.students, unit=" students", disable=None) as shown:
        made = synthetic_class.make_class(asked.folder, asked.students, asked.seed, progress=shown.update)
    if asked.abilities:
        synthetic_class.write_abilities(made, asked.abilities)
    print("\n".join(synthetic_class.describe_class(made, asked.folder)))


def _tidy(asked, _extra):
    if (status := _inside("tidy", *(["--check"] if asked.check else []))) is not None:
        return status
    from course_lib import evidence
    from course_lib.curriculum import course
    from course_lib.setup import module_map, tidy
    from course_lib.widgets import page_declarations

    untidy = [
        *tidy.tidy_lessons(asked.check),
        *evidence.tidy(asked.check),
        *course.tidy_schema(asked.check),
        *page_declarations.tidy(asked.check),
        *module_map.tidy_map(asked.check),
    ]
    for name in untidy:
        print("{} {}".format("not clean:" if asked.check else "cleaned:", name))
    return 1 if asked.check and untidy else 0


def _environment():
    """Return the checkout's environment, or None where the course is installed as a package."""
    from course_lib import paths
    from course_lib.setup.environment import Environment

    return Environment(paths.CHECKOUT) if paths.CHECKOUT else None


if __name__ == "__main__":
    sys.exit(main())
