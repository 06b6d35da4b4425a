"""What every run of tests shares, also of lessons alone: nobody's answers are touched, one process a file.

It lies here since pytest reads no other before it runs what is in `lessons` and `course_lib`.
"""

import os
import tempfile

import pytest


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
    """Let processes that share the work (-n 2) take file by file; the browser's folder counts as one."""
    from xdist.scheduler import LoadScopeScheduling

    # In their order: that folder takes longest and comes first.
    config.option.loadscopereorder = False

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.split("::")[0]
            return "browser" if file.startswith("tests/browser/") else file

    return ByFile(config, log)
