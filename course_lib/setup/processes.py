"""Programs that are run until they end, and a lock that lets one of them work at a time."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from course_lib.errors import SetupError
from course_lib.files import create_whole

# A lock whose process cannot be named is somebody's while it is no older than this.
_UNNAMED_SECONDS = 60
# Windows cannot be asked whether a process lives; no installation takes longer than this.
_WINDOWS_SECONDS = 3600


def run_until_end(
    command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> int:
    """Run a program until it ends.

    Ctrl-C reaches the program too, which may ask before it ends, or tidies up and says what is true of it.

    Parameters
    ----------
    command : Sequence[str]
        The program and its arguments.
    cwd : Path, optional
        The folder it runs in; without it the one this runs in.
    env : Mapping[str, str], optional
        Its environment variables; without them those of this program.

    Returns
    -------
    int
        Its exit status.
    """
    with subprocess.Popen(list(command), cwd=cwd, env=env) as inner:
        while True:
            try:
                return inner.wait()
            except KeyboardInterrupt:
                continue


@contextmanager
def holding_lock(lock: Path) -> Generator[None]:
    """Hold a lock file while something is done; one that a dead process left behind is taken over.

    Parameters
    ----------
    lock : Path
        The file. It holds the number of the process that works.

    Yields
    ------
    None
        While the lock is held.

    Raises
    ------
    SetupError
        Where another process holds it.
    """
    _take(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path) -> None:
    if _create(lock):
        return
    if not _is_held(lock):
        lock.unlink(missing_ok=True)
        if _create(lock):
            return
    # Two starts at once would install over each other.
    raise SetupError(
        "Another start or test of this course is installing right now. "
        f"Wait until it has ended, then try again. If there is none, delete {lock}."
    )


def _create(lock: Path) -> bool:
    """Make the lock with its number in it: whoever is killed here leaves none without; tell if it is ours."""
    try:
        create_whole(lock, str(os.getpid()))
    except FileExistsError:
        return False
    return True


def _is_held(lock: Path) -> bool:
    try:
        process = int(lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        # Not yet written where it cannot be made with its number, or damaged: young ones belong to somebody.
        return lock.exists() and _age(lock) < _UNNAMED_SECONDS
    if os.name == "nt":
        return _age(lock) < _WINDOWS_SECONDS
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _age(path: Path) -> float:
    """Return the age of a file in seconds."""
    return time.time() - path.stat().st_mtime
