"""What every test shares: a student's folder of its own, so that nobody's answers are touched."""

import os
import tempfile

import pseudo
import pytest
from hypothesis import settings

# Needs a library of its own, which only whoever ports a change from before the move has.
collect_ignore = ["renames/codemod.py"]
# A slow machine is no failure, and what fails once must fail again.
settings.register_profile("course", deadline=None, max_examples=40, derandomize=True)
settings.load_profile("course")


def pytest_configure(config):
    """Give the whole run, its kernels included, a student's folder that is not anybody's."""
    for name in ("COURSE_HOME", "IPYTHONDIR"):
        folder = tempfile.TemporaryDirectory(prefix="course-tests-", ignore_cleanup_errors=True)
        os.environ[name] = folder.name
        config.add_cleanup(folder.cleanup)
    # Kernels and programs that tests start import this checkout, whatever is installed in the environment.
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(config.rootpath), *([others] if others else [])])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Processes that share the work (-n 2) take file by file; the folder with the browser counts as one."""
    from xdist.scheduler import LoadScopeScheduling

    # In their order: that folder takes longest and comes first.
    config.option.loadscopereorder = False

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.split("::")[0]
            return "browser" if file.startswith("tests/browser/") else file

    return ByFile(config, log)


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
