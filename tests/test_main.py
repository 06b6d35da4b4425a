"""The command line: helps, refuses and reports in plain words."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

import course_lib.__main__ as main_module
from course_lib import paths
from course_lib.__main__ import main

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
    ("command", "expected"),
    [
        (["start"], "The next start sets up whatever is missing; answers are kept as they were given."),
        (
            ["gradebook", "class", "--out", "class.csv"],
            "A file is written whole or not at all; run the command again for those that are missing.",
        ),
        (
            ["example-class", "class"],
            "The folder holds a part of the class. Delete it, or name another one.",
        ),
        (["check"], "Run the command again."),
    ],
)
def test_who_stops_a_command_is_told_what_is_true_of_it(monkeypatch, capsys, command, expected):
    """One sentence, and the status that shells know."""

    def stopped(_asked, _extra):
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module, f"_{command[0].replace('-', '_')}", stopped)
    assert main(command) == 130
    assert capsys.readouterr().err == f"Stopped. {expected}\n"


def test_the_inner_program_may_tidy_up_when_it_is_stopped(monkeypatch):
    """Ctrl-C reaches both; the outer one waits and says nothing of its own."""
    place = SimpleNamespace(
        is_running=lambda: False,
        dependencies_met=lambda: False,
        ensure=lambda _: None,
        program=lambda _: "python",
    )
    waits = iter([KeyboardInterrupt, 130])

    class Inner:
        def __init__(self, _command):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            told = next(waits)
            if told is KeyboardInterrupt:
                raise told
            return told

    monkeypatch.setattr(main_module, "_environment", lambda: place)
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
    assert main(["check", str(bad / "faults-in-two-questions.toml"), str(tmp_path / "gone.toml")]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "faults-in-two-questions.toml, item '01-q', field 'objective': is 'x'; expected `int`, got `str`.",
        "faults-in-two-questions.toml, item '01-q', field 'option[2].feedback': is missing.",
        "faults-in-two-questions.toml, item '01-r', field 'feedback': is missing.",
        "faults-in-two-questions.toml, item '01-r', field 'otherwise': is missing.",
    ]
    assert told[4].startswith("gone.toml cannot be read: ")
