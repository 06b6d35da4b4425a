"""Files that are written from others and committed: in step with what they are written from."""

from pathlib import Path

from course_lib.files import write_whole


def keep_in_step(path: Path, text: str, check: bool) -> bool:
    """Return whether a file holds a text, and write it where it does not.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        What it is to hold.
    check : bool
        Only ask, and write nothing.

    Returns
    -------
    bool
        Whether the file held the text already.
    """
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return True
    if not check:
        write_whole(path, text)
    return False
