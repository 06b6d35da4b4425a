"""What every test in this folder shares: a student's folder of its own, and how examples are searched."""

import pseudo
import pytest
from hypothesis import settings

# Needs a library of its own, which only whoever ports a change from before the move has.
collect_ignore = ["renames/codemod.py"]
# A slow machine is no failure, and what fails once must fail again.
settings.register_profile("course", deadline=None, max_examples=40, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A student's folder for one test."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def another_language(tmp_path_factory):
    """The interface in a language that nobody speaks, while the lessons keep theirs; its `Words`."""
    with pseudo.interface_in_pseudo(tmp_path_factory.mktemp("words")) as told:
        yield told
