"""Commands that people are told to type do what they are said to do."""

import re
import shlex

import pytest

from course_lib import paths
from course_lib.__main__ import parser

# Each command a reader is given, and the test that runs it or the code behind it.
RUN_BY = {
    "python3 -m course_lib start": "tests/test_wheel.py::test_the_installed_course_opens",
    "python3 -m course_lib test": ".ci/run",
    "python3 -m course_lib doctor": "tests/setup/test_doctor.py",
    "python3 -m course_lib setup --with test": "tests/setup/test_environment.py",
    "python3 -m course_lib test -- tests/items/test_grading.py": ".ci/run",
    "python3 -m course_lib tidy": "tests/setup/test_tidy.py",
    "python3 -m course_lib check": "tests/test_main.py",
    "python3 -m course_lib portfolio": "tests/test_portfolio_panel.py",
    "python3 -m course_lib binder-link": "tests/instructor/test_launch_links.py",
    "python3 -m course_lib example-class example --students 200": (
        "tests/instructor/synthetic_class/test_synthetic_class.py"
    ),
    "python3 -m course_lib gradebook example --out class.csv": "tests/instructor/gradebook/test_gradebook.py",
    "python3 -m course_lib gradebook handins --out class.csv --questions questions.json": (
        "tests/instructor/gradebook/test_own_answers.py"
    ),
    "python3 -m course_lib understand handins --out understand.html --questions questions.json": (
        "tests/instructor/class_report/test_files_part.py"
    ),
    "python3 -m course_lib understand example --out understand.html": (
        "tests/instructor/class_report/test_class_page.py"
    ),
    "python3 -m course_lib understand example --lesson 3 --out lesson-3.html": (
        "tests/instructor/class_report/test_class_page.py"
    ),
    'python3 -m course_lib new-lesson 12_bread_prices --title "Bread prices"': (
        "tests/instructor/authoring/test_new_lesson.py"
    ),
    'python3 -m course_lib new-lesson 12_bread_prices --title "Bread prices" --after 09_precedent': (
        "tests/instructor/authoring/test_new_lesson.py"
    ),
    "python3 -m course_lib test -- tests/test_messages.py tests/browser/test_messages.py": ".ci/run",
    "python3 -m course_lib test -- tests/content -k 12_bread_prices": (
        "tests/instructor/authoring/test_new_lesson.py"
    ),
    "python3 -m course_lib export-questions --to moodle --out questions.xml": (
        "tests/instructor/export/test_export.py"
    ),
    "python3 -m course_lib export-questions --to canvas --lesson 3 --out lesson-3.zip": (
        "tests/instructor/export/test_export.py"
    ),
    "npm ci --ignore-scripts --prefix tests/readers": ".ci/run",
    "npm ci --ignore-scripts --prefix tests/page": ".ci/run",
    "node tests/page/bundle.js": "tests/test_page.py",
    ".venv/bin/pytest tests/test_page.py": ".ci/run",
    ".venv/bin/mypy": "tests/test_structure.py",
    "python3 -m course_lib test -- tests/items tests/test_page.py "
    "tests/instructor/export/test_export.py": ".ci/run",
    ".venv/bin/pytest tests/instructor/export/test_export.py tests/browser/test_exported.py": ".ci/run",
    "sudo -E /opt/tljh/user/bin/pip install --require-hashes -r binder/requirements.txt "
    "-r binder/requirements-lab.txt": "tests/load/test_hub.py",
    "sudo -E /opt/tljh/user/bin/pip install --no-deps .": "tests/load/test_hub.py",
    "sudo cp binder/hub/course.py /opt/tljh/config/jupyterhub_config.d/": "tests/load/test_hub.py",
    "sudo tljh-config reload": "tests/load/test_hub.py",
    ".venv/bin/python tests/load/hub.py 10 --together 10": "tests/load/test_hub.py",
    "python3 -m course_lib test -- tests/test_messages.py": ".ci/run",
    "python3 -m course_lib test -- tests/content -k 01_reading_the_article": "tests/content/test_lessons.py",
    "python3 -m course_lib test -- tests/charts": "tests/charts/test_all.py",
    "python3 binder/lock.py": "tests/test_lock.py",
    "python3 binder/lock.py --upgrade": "tests/test_lock.py",
    "uvx pre-commit install": ".ci/lint",
    "bash .ci/lint": ".github/workflows/tests.yml",
    "bash .ci/lowest": ".github/workflows/tests.yml",
    "bash .ci/wheel": ".github/workflows/tests.yml",
    "bash .ci/run": ".ci/run",
    "uv build --wheel": "tests/test_wheel.py",
    "uvx --from dist/*.whl reading-with-evidence start": "tests/test_wheel.py",
    ".venv/bin/python tests/bench/evidence.py": "tests/test_bench.py",
    ".venv/bin/python tests/bench/quiz_peers.py": "tests/test_bench.py",
    ".venv/bin/python tests/bench/explorer.py": "tests/test_bench.py",
    ".venv/bin/python tests/bench/methods.py": "tests/test_bench.py",
    ".venv/bin/python tests/bench/gradebook.py 10000": "tests/test_bench.py",
    ".venv/bin/python tests/read_references.py": "tests/evidence/test_read_references.py",
    ".venv/bin/python tests/gallery.py figures.html": "tests/charts/test_all.py",
    ".venv/bin/pytest tests/charts/test_images.py --mpl-generate-path=tests/charts/baseline": (
        "tests/charts/test_images.py"
    ),
}
PAGES = ["README.md", "CONTRIBUTING.md", "RELEASING.md", "TEACHING.md", "binder/hub/README.md"]


def commands(name):
    """The commands in a page's blocks."""
    text = (paths.CHECKOUT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_is_run_by_a_test(page):
    """A command that nothing runs fails here, and so does a place that is not there."""
    assert commands(page)
    for command in commands(page):
        place = RUN_BY[command].split("::")[0]
        assert (paths.CHECKOUT / place).is_file(), command


@pytest.mark.parametrize("command", [one for one in RUN_BY if "-m course_lib" in one])
def test_every_command_is_understood(command):
    """The command line knows each of them."""
    words = shlex.split(command.split("course_lib ")[1].split(" -- ")[0])
    assert callable(parser().parse_args(words).run)


@pytest.mark.parametrize("page", [*PAGES, "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_between_the_pages_lead_somewhere(page):
    """Files that a page points to are there."""
    text = (paths.CHECKOUT / page).read_text(encoding="utf-8")
    links = [
        link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http", "source:"))
    ]
    assert [link for link in links if not ((paths.CHECKOUT / page).parent / link).exists()] == []


def test_the_readme_names_every_lesson():
    """All that stand are named, by number and title, and counted."""
    from course_lib.curriculum import course

    text = (paths.CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert len(course.stems()) == 11
    assert "eleven lessons" in text
    assert [stem for stem in course.stems() if f"{stem[:2]}, {course.bank(stem).title}" not in text] == []


def test_the_notes_on_teaching_have_every_lesson_with_its_minutes():
    """Those of the course; a lesson that somebody adds may have none."""
    from course_lib.curriculum import course

    text = (paths.CHECKOUT / "TEACHING.md").read_text(encoding="utf-8")
    wanted = [
        f"\n### {stem[:2]} {course.bank(stem).title} · {course.bank(stem).minutes} minutes"
        for stem in course.stems()
    ]
    assert [heading for heading in wanted if heading not in text] == []
