"""The check of the register with programs of other people, which a person runs: that it can be run."""

import shutil
import subprocess
import sys

from course_lib import paths

PROGRAMS = ("pandoc", "biber", "bibtex")


def test_the_register_is_read_back_or_it_is_said_what_is_missing():
    """Where the programs are there, nothing is lost in any of them; else the sentence names those to get."""
    script = paths.CHECKOUT / "tests" / "read_references.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        assert done.returncode == 1
        assert done.stderr == (
            f"Not found: {', '.join(missing)}. In Debian: apt-get install pandoc biber texlive-binaries\n"
        )
    else:
        assert done.returncode == 0, done.stdout
        assert done.stdout.count(" 0 parts otherwise") == 10
