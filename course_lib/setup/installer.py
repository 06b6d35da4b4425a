"""Installing the lock's packages with uv or pip, and what an installer's own words mean in a sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from course_lib.errors import SetupError


class _Fault(NamedTuple):
    """What an installer writes (a regular expression), and what a student is told."""

    sign: str
    sentence: str


_FULL_DISK = "The disk is full. Free about 1 GB, then try again."
_OTHER_PACKAGE = "A downloaded package differs from the lock. Try again later."
_FAULTS = (
    _Fault("No space left on device", _FULL_DISK),
    _Fault("os error 28", _FULL_DISK),
    _Fault("THESE PACKAGES DO NOT MATCH THE HASHES", _OTHER_PACKAGE),
    _Fault("Hash mismatch", _OTHER_PACKAGE),
    _Fault(
        r"Could not find a version|No matching distribution|Failed to fetch|error sending request|"
        r"NewConnectionError|Max retries|Temporary failure|Connection refused|no versions? of",
        "The packages could not be fetched: there is no network, or the package index cannot be reached. "
        "Connect, then try again.",
    ),
)


def install_requirements(python: Path, requirements: Path, log: Path) -> None:
    """Install the packages of a file of requirements into an environment, with uv where it is there.

    Parameters
    ----------
    python : Path
        The environment's Python.
    requirements : Path
        The file. Every package in it is pinned and hashed, and none is installed that is not in it.
    log : Path
        The file that the installer's own words are added to.

    Raises
    ------
    SetupError
        Where the installation fails, with what to do.
    """
    command = _install_command(python, requirements)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"\n{' '.join(command)}\n")
        file.flush()
        start = file.tell()
        done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        words = log.read_bytes()[start:].decode("utf-8", "replace")
        sentence = next(
            (fault.sentence for fault in _FAULTS if re.search(fault.sign, words)), "The installation failed."
        )
        raise SetupError(f"{sentence} The installer's own words are in {log}.")


def _install_command(python: Path, requirements: Path) -> list[str]:
    hashed = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(python), "--compile-bytecode", *hashed]
    quiet = ["--disable-pip-version-check", "--no-input"]
    return [str(python), "-m", "pip", "install", *quiet, *hashed]
