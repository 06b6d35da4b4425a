"""Pictures beside a file of questions, for a page that cannot find them there itself."""

import base64
import urllib.parse
from collections.abc import Sequence
from pathlib import Path

from course_lib.items import Item
from course_lib.items.jupyterquiz.pictures import picture_addresses

_KINDS = {
    ".gif": "gif",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".png": "png",
    ".svg": "svg+xml",
    ".webp": "webp",
}
# A page takes it along in the notebook.
_LARGEST = 2_000_000


def read_pictures(items: Sequence[Item], folder: Path, name: str) -> tuple[dict[str, str], list[str]]:
    """Return the pictures of questions that lie beside their file, as a page can show them.

    Parameters
    ----------
    items : sequence of Item
        The questions.
    folder : Path
        Where the file is.
    name : str
        The file, as messages should give it.

    Returns
    -------
    dict of str to str
        By its address each picture, written out.
    list of str
        A sentence for each that cannot be shown.
    """
    pictures, told = {}, []
    for address in picture_addresses(items):
        if address.startswith("#"):
            continue
        path = folder / urllib.parse.unquote(address.partition("?")[0].partition("#")[0])
        kind = _KINDS.get(path.suffix.lower())
        if kind is None:
            told.append(f"{name}: the picture {address!r} is none of {', '.join(sorted(_KINDS))}.")
            continue
        try:
            content = path.read_bytes() if path.stat().st_size <= _LARGEST else None
        except (OSError, ValueError):
            told.append(
                f"{name}: the picture {address!r} is not there, seen from the folder of the file; "
                "its words stand in its place."
            )
            continue
        if content is None:
            told.append(
                f"{name}: the picture {address!r} is larger than {_LARGEST:,} bytes; make it smaller."
            )
            continue
        pictures[address] = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    return pictures, told
