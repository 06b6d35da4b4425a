"""Packages of files, the same bytes every time."""

import io
import zipfile

# The earliest day a zip can name; so no package says when it was made.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def zip_files(files):
    """Return a zip of files as bytes.

    Parameters: `files` a dict from the path in the package to the bytes of the file.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for path, data in files.items():
            one = zipfile.ZipInfo(path, _NO_DAY)
            one.compress_type = zipfile.ZIP_DEFLATED
            one.external_attr = 0o644 << 16
            one.create_system = 3
            package.writestr(one, data)
    return held.getvalue()
