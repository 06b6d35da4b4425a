"""Files of an export and packages of them, the same bytes every time."""

import io
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

# The earliest day a zip can name; so no package says when it was made.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def xml_bytes(root: Element) -> bytes:
    """Return an XML file as bytes.

    Parameters
    ----------
    root : Element
        The outermost element.

    Returns
    -------
    bytes
        UTF-8, with the declaration that says so.
    """
    content: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files as bytes.

    Parameters
    ----------
    files : Mapping of str to bytes
        From the path in the package to what the file holds.

    Returns
    -------
    bytes
        The package.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            package.writestr(entry, data)
    return buffer.getvalue()
