"""The files around the course agree with it: package, citation, workflows, hooks, forms and releases."""

import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml

import course_lib
from course_lib import paths
from course_lib.__main__ import COMMANDS, NEEDED, parser

ROOT = paths.CHECKOUT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in TEMPLATES.glob("*.yml") if path.name != "config.yml")
HOOKS = [
    hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repo["hooks"]
]
# What a step may start that is not part of the project: it comes with the runner or with an action.
PROGRAMS = {"apt-get", "exit", "npm"}


def heading():
    """The version of the newest heading in the changelog, and what stands behind it in brackets."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.search(r"(?m)^## (\S+) \((unreleased|\d{4}-\d\d-\d\d)\)$", text).groups()


def steps():
    """Every step of every job, with the workflow and the job it stands in."""
    return [
        (path.name, name, step)
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
        for step in job["steps"]
    ]


def commands():
    """Every command that a workflow, a script of CI or a hook runs in the project."""
    scripts = [path.read_text(encoding="utf-8").replace("\\\n", " ") for path in (ROOT / ".ci").iterdir()]
    said = [step["run"] for _, _, step in steps() if "run" in step]
    said += [
        line for text in scripts for line in text.splitlines() if " pytest " in line or "course_lib" in line
    ]
    said += [hook["entry"] for hook in HOOKS if hook["language"] == "system"]
    return sorted({line.strip() for text in said for line in text.splitlines() if line.strip()})


def test_the_versions_agree():
    """Library, citation and the newest heading of the changelog name one version."""
    assert (str(CITATION["version"]), heading()[0]) == (course_lib.__version__, course_lib.__version__)


def test_a_citation_has_a_day_only_once_it_is_released():
    """The day is that of the changelog; what is not released has none."""
    _, day = heading()
    assert str(CITATION.get("date-released", "unreleased")) == day


def test_the_citation_names_the_course_and_its_licences():
    """Under the title that the README has, under the licences that the package has."""
    title = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert CITATION["title"] == title
    assert " AND ".join(CITATION["license"]) == PROJECT["license"]


def test_a_released_version_has_addresses():
    """Until somebody has published the project it names no place, and RELEASING asks for it."""
    urls = PROJECT.get("urls", {})
    if heading()[1] == "unreleased" and not urls:
        assert "[project.urls]" in (ROOT / "RELEASING.md").read_text(encoding="utf-8")
    else:
        assert {"Repository", "Issues", "Changelog"} <= urls.keys()
        assert CITATION["repository-code"] == urls["Repository"]


def test_the_classifiers_say_what_is_so():
    """The Pythons are those that the units run on, from the lowest allowed; typed means py.typed."""
    said = [one.rsplit(" ", 1)[1] for one in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d", one)]
    (jobs,) = [yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"] for path in WORKFLOWS]
    assert said == jobs["units"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["requires-python"] == f">={said[0]}"
    assert tuple(int(part) for part in said[0].split(".")) == NEEDED
    assert ("Typing :: Typed" in PROJECT["classifiers"]) == (ROOT / "course_lib" / "py.typed").is_file()


def test_the_classifiers_exist():
    """Each is one of those that the index of packages knows."""
    known = pytest.importorskip("trove_classifiers", reason="it comes with the tests' tools").classifiers
    assert PROJECT["classifiers"] == sorted(PROJECT["classifiers"])
    assert [one for one in PROJECT["classifiers"] if one not in known] == []


def test_the_package_has_one_command_and_a_short_name_for_it():
    """Both start the same; the package's own name comes first."""
    assert COMMANDS[0] == PROJECT["name"]
    assert PROJECT["scripts"] == dict.fromkeys(COMMANDS, "course_lib.__main__:main")


def test_the_jobs_are_those_that_were_asked_for():
    """Lint and types, units three ways, lab, and all; with their limits, and no rights but to read."""
    assert WORKFLOWS
    found = {}
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        found |= workflow["jobs"]
    assert found.keys() == {"lint", "units", "lowest", "wheel", "lab", "all"}
    assert [name for name, job in found.items() if not 0 < job["timeout-minutes"] <= 90] == []


def test_one_job_stands_for_all_others():
    """A branch can require it alone: it runs in any case, and fails unless all others have succeeded."""
    jobs = {}
    for path in WORKFLOWS:
        jobs |= yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    gathering = jobs.pop("all")
    assert set(gathering["needs"]) == jobs.keys()
    assert gathering["if"] == "always()"
    (step,) = gathering["steps"]
    assert step["run"] == "exit 1"
    assert re.findall(r"contains\(needs\.\*\.result, '(\w+)'\)", step["if"]) == [
        "failure",
        "cancelled",
        "skipped",
    ]
    assert step["if"].count("||") == 2


def test_the_tools_of_npm_are_there_where_their_tests_run():
    """A job installs them before its tests, or says that it goes without; the lab has them all."""
    (jobs,) = [yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"] for path in WORKFLOWS]
    for name in ("units", "lowest", "lab"):
        runs = [step["run"] for step in jobs[name]["steps"] if "run" in step]
        installs = [f"npm ci --ignore-scripts --prefix tests/{what}" for what in ("readers", "page")]
        if jobs[name].get("env", {}).get("WITHOUT_NODE_TOOLS"):
            assert not set(installs) & set(runs)
        else:
            assert name == "lab"
            assert [runs.index(one) < len(runs) - 1 for one in installs] == [True, True]
            assert {"tests/browser", "tests/test_page.py"} <= set(runs[-1].split())


def test_actions_are_named_by_commit():
    """A tag can be moved, a commit cannot; the same action is everywhere the same, its version beside it."""
    lines = [
        line.split("uses:")[1].strip()
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(lines) == sum("uses" in step for _, _, step in steps()) > 0
    assert [line for line in lines if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len(set(lines)) == len({line.split("@")[0] for line in lines})


@pytest.mark.parametrize("command", commands())
def test_every_command_that_ci_runs_exists(command):
    """The program, the command of the course, and every file or test that is named."""
    words = [word for word in shlex.split(command) if not word.startswith("$")]
    if "course_lib" in words:
        given = words[words.index("course_lib") + 1 :]
        own = given[: given.index("--")] if "--" in given else given
        assert callable(parser().parse_args(own).run)
    elif "pytest" not in words and "-m" not in words:
        assert words[0] in PROGRAMS or words[0] == "bash", f"nothing is known of {words[0]}"
    named = [word.split("=", 1)[-1] for word in words]
    places = [word for word in named if re.match(r"(\.ci/|tests\b|course_lib/|lessons\b|binder/)", word)]
    assert places or "course_lib" in words or words[0] in PROGRAMS
    for place in places:
        file, _, test = place.partition("::")
        assert (ROOT / file).exists(), place
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), place


@pytest.mark.parametrize("script", sorted((ROOT / ".ci").iterdir()), ids=lambda path: path.name)
def test_a_script_of_ci_stops_at_the_first_failure(script):
    """What fails in it fails the job."""
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")


def test_the_hooks_are_those_that_were_asked_for():
    """Style, spelling, the project's file, questions and the committed form of lessons."""
    assert [hook["id"] for hook in HOOKS] == [
        "ruff-check",
        "ruff-format",
        "codespell",
        "validate-pyproject",
        "check",
        "tidy",
    ]


def test_the_hooks_use_the_versions_of_the_lock():
    """Whoever commits and whoever tests sees the same remarks; what the lock has not is still pinned."""
    lock = (ROOT / "binder" / "requirements-test.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", lock))
    tools = {tool for hook in HOOKS for tool in hook.get("additional_dependencies", ())}
    pinned = dict(re.fullmatch(r"([\w.-]+)(?:\[\w+\])?==(\S+)", tool).groups() for tool in tools)
    assert "ruff" in pinned.keys() & locked.keys()
    assert len(pinned) == len(tools)
    assert {name: locked[name] for name in pinned if name in locked} == {
        name: version for name, version in pinned.items() if name in locked
    }


def test_every_hook_looks_at_files_that_are_there():
    """A pattern that fits no file would pass by finding nothing."""
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("*")]
    files += [
        path.relative_to(ROOT).as_posix()
        for name in ("course_lib", "data", "lessons")
        for path in (ROOT / name).rglob("*")
    ]
    patterns = [hook["files"] for hook in HOOKS if "files" in hook]
    assert len(patterns) == 3
    assert [one for one in patterns if not any(re.search(one, file) for file in files)] == []


def test_nothing_is_misspelt():
    """Where codespell is at hand; pre-commit brings it along."""
    pytest.importorskip("codespell_lib", reason="codespell is no tool of the tests; bash .ci/lint runs it")
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_form_for_each_kind_of_report():
    """A wrong fact, a wrong question, a fault, a barrier."""
    assert {path.stem for path in FORMS} == {"wrong_fact", "wrong_question", "fault", "barrier"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_whole(path):
    """It has a name and says what it is for; every question has a label, an id of its own and is short."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() == {"name", "description", "title", "body"}
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in asked} <= {"input", "textarea", "dropdown"}
    assert 4 <= len({part["id"] for part in asked}) == len(asked) <= 6
    assert len({part["attributes"]["label"] for part in asked}) == len(asked)
    assert any(part.get("validations", {}).get("required") for part in asked)


def test_a_wrong_fact_cannot_be_reported_without_a_source():
    """Where, what is said, what is right and the source are all required."""
    form = yaml.safe_load((TEMPLATES / "wrong_fact.yml").read_text(encoding="utf-8"))
    required = [
        part["attributes"]["label"] for part in form["body"] if part.get("validations", {}).get("required")
    ]
    assert required == ["File or lesson", "What is said", "What is right", "Source"]


def test_a_security_fault_is_reported_in_private_and_at_no_invented_address():
    """The page names the hosting site's own way, and nobody's mail."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in text
    assert not re.search(r"\S+@\S+|https?://", text)


def test_the_first_changes_name_what_is_there():
    """Every file and folder that the section sends a newcomer to exists, and so do its examples."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"(?ms)^## Your first change\n(.*?)^## ", text)
    assert re.findall(r"(?m)^### (.*)$", section) == ["A word of the interface", "A question", "A figure"]
    for part in section.split("\n### ")[1:]:
        assert [
            word for word in ("**Edit**", "**See it**", "**It is guarded**") if part.count(word) != 1
        ] == []
        assert "```bash" in part
    named = re.findall(r"`((?:course_lib|data|lessons|tests)/[\w./]*)`", section)
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert any(
        "def kinds_by_section(" in path.read_text() for path in (ROOT / "course_lib/charts").glob("*.py")
    )


def test_the_top_of_the_project_is_what_it_says():
    """Whoever opens the project finds the usual files and folders there, and no others."""
    listed = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no git checkout; clone the course with git to run this test")
    assert set(listed.stdout.split()) - {".git-blame-ignore-revs"} == {
        ".ci",
        ".github",
        ".gitignore",
        ".pre-commit-config.yaml",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-CONTENT",
        "README.md",
        "RELEASING.md",
        "SECURITY.md",
        "TEACHING.md",
        "binder",
        "conftest.py",
        "course_lib",
        "data",
        "findings",
        "lessons",
        "pyproject.toml",
        "tests",
    }
