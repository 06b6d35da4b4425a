"""The command line: helps, refuses and reports in plain words."""

import argparse
import ast
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from course_lib import paths
from course_lib.__main__ import main, parser
from course_lib.instructor import commands as instructor_commands
from course_lib.instructor.authoring import commands as authoring_commands
from course_lib.setup import commands as setup_commands
from course_lib.setup import environment

OLD = [path for name in ("python3.8", "python3.9", "python3.10") if (path := shutil.which(name))]


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["start"],
        ["test"],
        ["setup"],
        ["doctor"],
        ["check"],
        ["new-lesson"],
        ["portfolio"],
        ["gradebook"],
        ["understand"],
        ["export-questions"],
        ["example-class"],
        ["tidy"],
    ],
)
def test_every_command_explains_itself(command, capsys, monkeypatch):
    """Each has a help text."""
    monkeypatch.setattr(sys, "argv", ["course"])
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: course" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["export-questions", "gradebook"])
def test_a_command_explains_itself_before_anything_is_installed(command):
    """With the standard library alone; what only packages know is left out."""
    words = [sys.executable, "-S", "-m", "course_lib", command, "--help"]
    done = subprocess.run(words, cwd=paths.CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: python3 -m course_lib {command} ")


@pytest.mark.parametrize(
    ("started", "usage"),
    [
        ("bin/reading-with-evidence", "usage: reading-with-evidence "),
        ("bin/reading-with-evidence.exe", "usage: reading-with-evidence "),
        ("bin/course", "usage: course "),
        ("course_lib/__main__.py", "usage: python3 -m course_lib "),
        ("bin/another-program", "usage: reading-with-evidence "),
    ],
)
def test_the_usage_can_be_typed_as_it_stands(started, usage, monkeypatch, capsys):
    """It names the command as it was called; where that is unknown, the package's own command."""
    monkeypatch.setattr(sys, "argv", [started])
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out.startswith(usage)


@pytest.mark.parametrize(
    ("module", "command", "expected"),
    [
        (
            setup_commands,
            ["start"],
            "The next start sets up whatever is missing; answers are kept as they were given.",
        ),
        (
            instructor_commands,
            ["gradebook", "class", "--out", "class.csv"],
            "A file is written whole or not at all; run the command again for those that are missing.",
        ),
        (
            instructor_commands,
            ["example-class", "class"],
            "The folder holds a part of the class. Delete it, or name another one.",
        ),
        (authoring_commands, ["check"], "Run the command again."),
    ],
)
def test_who_stops_a_command_is_told_what_is_true_of_it(monkeypatch, capsys, module, command, expected):
    """One sentence, and the status that shells know."""

    def stop(_arguments, _extra):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, f"run_{command[0].replace('-', '_')}", stop)
    assert main(command) == 130
    assert capsys.readouterr().err == f"Stopped. {expected}\n"


@pytest.fixture
def bare_python(monkeypatch):
    """A Python without the course's packages, in a checkout whose environment has them."""
    place = SimpleNamespace(
        is_running=lambda: False,
        dependencies_met=lambda: False,
        ensure=lambda _: None,
        program=lambda _: "python",
    )
    monkeypatch.setattr(environment, "checkout_environment", lambda: place)


def command_parsers():
    """The parser of every command, by the command."""
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return commands.choices


def every_argument(command):
    """The words that give each argument of a command a value other than its default, and these values."""
    words, values = [], {}
    for action in command_parsers()[command]._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        several = action.nargs in ("+", "*")
        texts = [str(text) for text in action.choices or (["7"] if action.type else [f'-{action.dest} "é'])]
        texts = (texts[:1] if action.choices else [*texts, f"second {action.dest}"])[: 1 + several]
        if action.nargs == 0:
            words.append(action.option_strings[0])
            values[action.dest] = not action.default
            continue
        if action.option_strings and not several:
            words.append(f"{action.option_strings[0]}={texts[0]}")
        elif action.option_strings:
            texts = [text.lstrip("-") for text in texts]
            words += [action.option_strings[0], *texts]
        else:
            texts = [text.lstrip("-") for text in texts]
            words = [*texts, *words]
        taken = [action.type(text) if action.type else text for text in texts]
        values[action.dest] = taken if several or isinstance(action, argparse._AppendAction) else taken[0]
    return words, values


@pytest.mark.parametrize("command", command_parsers())
def test_every_option_of_a_command_arrives_where_it_is_run(command, bare_python, monkeypatch):
    """Also where another Python runs it: that is handed what was typed, as it was typed."""
    words, values = every_argument(command)
    assert values.keys() == {
        action.dest
        for action in command_parsers()[command]._actions
        if not isinstance(action, argparse._HelpAction)
    }
    typed, extra = [command, *words, "--", "-k", "one or two"], ["-k", "one or two"]
    handed_on, arrived = [], []

    def run(arguments, rest):
        arrived.append(({name: getattr(arguments, name) for name in values}, rest))
        return 5

    def run_elsewhere(inner):
        handed_on.append(inner)
        assert inner[:3] == ["python", "-m", "course_lib"]
        with monkeypatch.context() as patched:
            patched.setattr(environment, "checkout_environment", lambda: None)
            return main(inner[3:])

    name = f"run_{command.replace('-', '_')}"
    monkeypatch.setattr(environment, "run_until_end", run_elsewhere)
    monkeypatch.setattr(sys.modules[command_parsers()[command].get_default("run").__module__], name, run)
    assert main(typed) == 5
    assert arrived == [(values, extra)]
    needs_packages = command_parsers()[command].get_default("needs_packages")
    assert handed_on == ([["python", "-m", "course_lib", *typed]] if needs_packages else [])


def test_what_needs_the_course_s_packages_is_run_where_they_are():
    """All but the commands that make the environment, look at it, or do without."""
    bare = {command for command, own in command_parsers().items() if not own.get_default("needs_packages")}
    assert bare == {"start", "test", "setup", "doctor", "hub-server", "binder-link"}


def test_the_inner_program_may_tidy_up_when_it_is_stopped(bare_python, monkeypatch):
    """Ctrl-C reaches both; the outer one waits and says nothing of its own."""
    waits = iter([KeyboardInterrupt, 130])

    class Inner:
        def __init__(self, _command, **_options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            outcome = next(waits)
            if outcome is KeyboardInterrupt:
                raise outcome
            return outcome

    monkeypatch.setattr(subprocess, "Popen", Inner)
    assert main(["gradebook", "class", "--out", "class.csv"]) == 130
    assert list(waits) == []


@pytest.fixture
def bare(tmp_path):
    """A checkout without an environment and without the lock to make one from."""
    folder = tmp_path / "course"
    for name in ("course_lib", "data", "lessons"):
        shutil.copytree(paths.CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.CHECKOUT / "pyproject.toml", folder)
    return folder


def test_a_command_runs_in_the_environment_it_is_started_in_and_installs_nothing(bare):
    """Where that has what the course needs; a Python without it would set up the checkout's own."""
    command = ["-m", "course_lib", "check", "lessons/items/01_reading_the_article.toml"]
    before = set(bare.iterdir())
    done = subprocess.run([sys.executable, *command], cwd=bare, capture_output=True, text=True, check=False)
    said = "01_reading_the_article.toml: nothing to remark\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    # Without site there are no packages, as in a Python that was just installed.
    empty = [sys.executable, "-S", *command]
    done = subprocess.run(empty, cwd=bare, capture_output=True, text=True, check=False)
    asked = "The lock file binder/requirements.txt is missing. Fetch the course again, then try again.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", asked)
    assert set(bare.iterdir()) == before


def test_a_reader_that_has_heard_enough_ends_it_quietly():
    """As `head` does: no traceback, and a status that says that not all was read."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "course_lib", "binder-link", "--repo", "https://github.com/a/bread"]
    done = subprocess.run(command, cwd=paths.CHECKOUT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_an_old_python_is_told_what_is_needed(monkeypatch, capsys):
    """One sentence and a failing exit status, before anything newer is imported."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert main(["start"]) == 1
    expected = "The course needs Python 3.11 or newer; this is Python 3.9. Install a newer one.\n"
    assert capsys.readouterr().err == expected


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_what_an_old_python_reads_first_has_a_form_that_it_knows(name):
    """It reads the package and the command before it is told; its annotations are not evaluated."""
    text = (paths.PACKAGE / name).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"__future__", "importlib", "os", "sys", "typing"}
    annotated = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.FunctionDef) and node.returns) or isinstance(node, ast.AnnAssign)
    ]
    assert "__future__" in imported or not annotated


@pytest.mark.parametrize("python", OLD or [None])
def test_an_old_python_can_read_the_sentence(python):
    """The files an old Python reads first have a form it understands."""
    if python is None:
        pytest.skip("no Python between 3.8 and 3.10 is on the path of this machine")
    command = [python, "-m", "course_lib", "start"]
    done = subprocess.run(command, cwd=paths.CHECKOUT, capture_output=True, text=True, check=False)
    if "version" in done.stderr and "pyenv" in done.stderr:
        pytest.skip("the Python found is only a stand-in without a version set")
    assert done.returncode == 1
    assert done.stderr.startswith("The course needs Python 3.11 or newer; this is Python 3.")


def test_an_error_is_a_sentence_not_a_traceback(tmp_path):
    """A port that is taken ends with one line and status 1."""
    import socket

    from course_lib.errors import SetupError
    from course_lib.setup.launch import open_lab

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError) as caught:
            open_lab(browser=False, port=port, folder=tmp_path)
    assert str(caught.value) == (
        f"Port {port} is taken by another program. Choose another number, or leave --port out."
    )


def test_setting_up_and_examining_need_no_packages():
    """Up to the environment only the standard library is imported."""
    program = (
        "import sys; import course_lib.__main__; "
        "from course_lib.setup import doctor, environment, launch; "
        "course_lib.__main__.parser(); "
        "print(sorted({n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names) - {'__main__'}))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=paths.CHECKOUT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "['course_lib']", done.stderr


def test_tidy_finds_the_committed_lessons_clean(capsys):
    """The command has nothing to say about a clean checkout."""
    assert main(["tidy", "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_check_finds_nothing_in_the_course_s_own_banks(capsys):
    """Neither fault nor advice."""
    assert main(["check"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told
    assert [line for line in told if not line.endswith(": nothing to remark")] == []


def test_check_names_every_fault_of_a_bank(capsys, tmp_path):
    """All faults of all files, and a status that a script can see."""
    bad = paths.CHECKOUT / "tests" / "bad" / "items"
    assert main(["check", str(paths.MESSAGES)]) == 0
    assert capsys.readouterr().out == "words.toml: nothing to remark\n"
    assert main(["check", str(bad / "faults-in-two-questions.toml"), str(tmp_path / "gone.toml")]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "faults-in-two-questions.toml, item '01-q', field 'objective': is 'x'; expected `int`, got `str`.",
        "faults-in-two-questions.toml, item '01-q', field 'option[2].feedback': is missing.",
        "faults-in-two-questions.toml, item '01-r', field 'feedback': is missing.",
        "faults-in-two-questions.toml, item '01-r', field 'otherwise': is missing.",
    ]
    assert told[4].startswith("gone.toml cannot be read: ")
