"""Files that are there whole or not at all: written beside their place, then moved there.

Standard library only: the environment is made with it.
"""

import contextlib
import errno
import os
import re
import time
import uuid
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

# What a program that was killed leaves is nobody's after this; who still writes has long moved the file.
_LEFT_SECONDS = 3600
_BESIDE = re.compile(r"\.[0-9a-f]{32}(\.[a-z]+)?")
# A quota and a limit on the size of files are met like a full disk.
_NO_SPACE = frozenset(getattr(errno, name, 0) for name in ("ENOSPC", "EDQUOT", "EFBIG")) - {0}


class FileState(NamedTuple):
    """What changes whenever a file does: its inode, when it was written (nanoseconds), its size (bytes)."""

    inode: int
    modified: int
    size: int


def file_state(path: Path) -> FileState | None:
    """Return what tells a file from what it was before, so that what was read of it can be kept until then.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    FileState or None
        None where there is no such file.
    """
    try:
        state = path.stat()
    except OSError:
        return None
    return FileState(state.st_ino, state.st_mtime_ns, state.st_size)


@contextlib.contextmanager
def replacing(path: Path) -> Generator[Path]:
    """Give a path to write to; what was written there takes its place at the end, and is gone after an error.

    Parameters
    ----------
    path : Path
        The file that is to be written or replaced. Its folder has to be there.

    Yields
    ------
    Path
        A path in the same folder with the same ending.

    Raises
    ------
    OSError
        Where the folder or the file cannot be written to.
    """
    unfinished = _name_beside(path)
    try:
        yield unfinished
        _to_disk(unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; one that was there stays as it was until then.

    Parameters
    ----------
    path : Path
        The file. Its folder has to be there.
    content : str or bytes
        What it is to hold; text is written as UTF-8 with line feeds.

    Raises
    ------
    OSError
        Where the folder or the file cannot be written to.
    """
    with replacing(path) as unfinished:
        unfinished.write_bytes(_content_bytes(content))


def create_whole(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file that is not there yet, whole or not at all; one that is there stays, whoever made it when.

    Parameters
    ----------
    path : Path
        The file. Its folder has to be there.
    content : str or bytes
        What it is to hold; text is written as UTF-8 with line feeds.
    private : bool, default False
        Whether nobody but its owner may read it, from its first moment.

    Raises
    ------
    FileExistsError
        Where something has this name.
    OSError
        Where the folder or the file cannot be written to.
    """
    unfinished = _name_beside(path)

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600 if private else 0o666)

    try:
        with open(unfinished, "xb", opener=opener) as file:
            file.write(_content_bytes(content))
        _to_disk(unfinished)
        _take_free_name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def is_full(error: OSError) -> bool:
    """Tell whether a file could not be written since there is no more space for it.

    Parameters
    ----------
    error : OSError
        What was raised.

    Returns
    -------
    bool
        Whether the disk or what its owner may use of it is full.
    """
    return error.errno in _NO_SPACE


def is_unfinished(path: Path) -> bool:
    """Tell whether a file is one that was to be moved to its place, and was not yet.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bool
        By its name.
    """
    return _BESIDE.fullmatch(path.name) is not None


def remove_unfinished(folder: Path) -> None:
    """Remove what programs that were killed left beside the files they were writing.

    Parameters
    ----------
    folder : Path
        The folder of the files. What is younger than an hour may be somebody's and stays, as does what cannot
        be removed.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if is_unfinished(path) and time.time() - path.lstat().st_mtime > _LEFT_SECONDS:
                path.unlink()


def _name_beside(path: Path) -> Path:
    return path.with_name(f".{uuid.uuid4().hex}{path.suffix}")


def _content_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _to_disk(path: Path) -> None:
    """See to it that a file is on the disk before it gets its name: else a power cut leaves an empty one."""
    with open(path, "r+b") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            # Some file systems cannot be asked; that the disk is full may come to light only here.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise


def _take_free_name(unfinished: Path, path: Path) -> None:
    """Give a file that is whole its name, unless something has that name."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems let a file have one name only: there the name is taken first, and then filled.
        path.touch(exist_ok=False)
        try:
            os.replace(unfinished, path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
