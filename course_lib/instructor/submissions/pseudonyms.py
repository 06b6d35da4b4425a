"""What students are called: pseudonyms that only a salt leads back from, or the names of a list."""

import csv
import hmac
import re
import secrets
import unicodedata
from pathlib import Path

from course_lib.errors import ProgressError
from course_lib.files import create_whole
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.submissions.remarks import error_reason

_SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
_SALT_BYTES = 32


def pseudonym(name: str, salt: bytes) -> str:
    """Return the pseudonym of a student: ten signs that only the salt can lead back to the name.

    The same name and salt always give the same one, so that a class can be followed through a term. Without
    the salt nobody can try out names. The signs form no words.

    Parameters
    ----------
    name : str
        The name as the student's files have it; two ways to write it give the same pseudonym.
    salt : bytes
        The secret of the class (see `class_salt`).

    Returns
    -------
    str
        Twice five signs with a dash between them.

    Examples
    --------
    >>> pseudonym("Anna  Lind", b"salt") == pseudonym("anna lind", b"salt")
    True
    >>> pseudonym("Anna Lind", b"salt") == pseudonym("Anna Lind", b"pepper")
    False
    """
    value = int.from_bytes(hmac.digest(salt, normalise_name(name).encode("utf-8", "replace"), "sha256"))
    signs = []
    for _ in range(10):
        value, place = divmod(value, len(_SIGNS))
        signs.append(_SIGNS[place])
    return f"{''.join(signs[:5])}-{''.join(signs[5:])}"


def class_salt(path: str | Path) -> bytes:
    """Return the salt kept in a file; where there is none yet, a new one, which `keep_salt` is to keep.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    bytes
        The salt, 32 bytes.

    Raises
    ------
    ProgressError
        Where the file cannot be read, or holds no salt.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_bytes(_SALT_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise _salt_error(path, error) from None
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ProgressError(
            f"{plain_cell(path)} is no salt for pseudonyms: 64 of the signs 0-9 and a-f. Name another file "
            "with --salt; one that does not exist yet is made."
        )
    return bytes.fromhex(text)


def keep_salt(salt: bytes, path: str | Path) -> None:
    """Keep a salt in a file, for its owner's eyes only; a file that is there stays as it is.

    Parameters
    ----------
    salt : bytes
        As from `class_salt`.
    path : str or Path
        The file; folders that are missing are made.

    Raises
    ------
    ProgressError
        Where the file cannot be written, or another salt came to be in it.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_whole(path, f"{salt.hex()}\n", private=True)
    except FileExistsError as error:
        if not path.is_file():
            raise _salt_error(path, error) from None
        if class_salt(path) != salt:
            raise ProgressError(
                f"{plain_cell(path)} was made by another program in the meantime. Run the command again; it "
                "will use that salt."
            ) from None
    except OSError as error:
        raise _salt_error(path, error) from None


def _salt_error(path: Path, error: Exception) -> ProgressError:
    return ProgressError(
        f"The salt for pseudonyms, {plain_cell(path)}, cannot be read or made "
        f"({error_reason(error)}). Name another file with --salt."
    )


def normalise_name(name: str) -> str:
    """Return a name so that two ways to write it compare equal.

    Parameters
    ----------
    name : str
        The name.

    Returns
    -------
    str
        In small letters, in Unicode's form NFKC, with single spaces.

    Examples
    --------
    >>> normalise_name("  Anna LIND ") == normalise_name("anna lind")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_name_list(path: str | Path) -> dict[str, str]:
    """Return the names in a CSV file, whose cells are separated by commas, semicolons or tabs.

    Parameters
    ----------
    path : str or Path
        The file: in each line the name that a student's file has, then the name to show.

    Returns
    -------
    dict of str to str
        From a student's name as files have it to the name to show.

    Raises
    ------
    ProgressError
        For a file that cannot be read, a line without two names, or a name given twice.
    """
    label = plain_cell(Path(path).name)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProgressError(f"{label} is not in UTF-8. Save it as “CSV UTF-8”, then try again.") from None
    except OSError as error:
        raise ProgressError(f"The list of names {label} cannot be read ({error_reason(error)}).") from None
    first_line = text.split("\n", 1)[0]
    delimiter = next((sign for sign in ",;\t" if sign in first_line), ",")
    names: dict[str, str] = {}
    known: set[str] = set()
    try:
        for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1):
            cells = [plain_cell(cell) for cell in row]
            if not any(cells) or (number == 1 and normalise_name(cells[0]) == "file"):
                continue
            if len(cells) < 2 or not cells[0] or not cells[1]:
                raise ProgressError(
                    f"{label}, line {number}: has no two names. Write the name that the student's file has, "
                    "a comma, and the name to show."
                )
            if normalise_name(cells[0]) in known:
                raise ProgressError(f"{label}, line {number}: {cells[0]} stood there before. Name each once.")
            known.add(normalise_name(cells[0]))
            names[cells[0]] = cells[1]
    except csv.Error as error:
        raise ProgressError(f"{label} is no list of names ({error_reason(error)}).") from None
    if not names:
        raise ProgressError(f"{label} holds no name.")
    return names
