"""How learning platforms name what students handed in: what in a path is the person, the time, the file.

The only place that knows. A form counts where all its parts fit: a name alone or a number alone is no
platform's.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

# A date reads like the numbers of a platform: work_2026_03_05.json is a student's own name for a file.
_NO_DATE = r"(?!(?:19|20)\d\d[-_](?:0?[1-9]|1[0-2])(?!\d))"
_MOMENT = r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d"
_UTC_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \w+"


class PlatformForm(NamedTuple):
    """One form in which a platform gives submissions.

    Attributes
    ----------
    platform : str
        The platform.
    form : str
        The path as a person reads it.
    seen : str
        Where the form was seen; empty where it was not, and nothing of it is read.
    pattern : str
        The path from the folder of the download on, with groups `name`, and `id` or `time` where there are.
    example : str
        A path of this form.
    """

    platform: str
    form: str
    seen: str
    pattern: str = ""
    example: str = ""


FORMS = (
    PlatformForm(
        "Moodle",
        "NAME_NUMBER_assignsubmission_file/FILE, or in one name with _FILE",
        "Moodle's source, mod/assign/locallib.php (underscores in a name become blanks)",
        r"(?P<name>[^/_]+)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_?/.+|_[^/]+)",
        "Anna Lind_4711_assignsubmission_file/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Canvas",
        "anon_SIGN_NUMBER_FILE where students have no names",
        "Canvas's source, lib/content_zipper.rb",
        r"(?:LATE_)?(?P<name>anon_(?P<id>[A-Za-z0-9]{5}))_\d+_[^/]+",
        "anon_a1B2c_90210_my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Canvas",
        "SURNAMENAME_NUMBER_NUMBER_FILE, with LATE_ before the first number where it is late",
        "Canvas's source, lib/content_zipper.rb (a name is letters, digits and underscores)",
        r"(?P<name>[^\W\d_](?:(?!_(?:19|20)\d\d_)\w)*?)_(?:LATE_)?"
        rf"{_NO_DATE}(?P<id>\d+)_\d+_(?=[^/]*[^\W\d_])[^/]+",
        "lindanna_4711_90210_my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Brightspace",
        "NUMBER-NUMBER - NAME - MONTH DAY, YEAR TIME AM/FILE, or in one name with - FILE",
        "downloads of this form in programs that sort them",
        r"\d+-\d+ - (?P<name>[^/]+?) - (?P<time>[^\W\d]+ \d{1,2}, \d{4} \d{3,4} [AP]M)(?:/.+| - [^/]+)",
        "397063-2557369 - Anna Lind - Mar 2, 2026 926 PM/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Blackboard",
        "ASSIGNMENT_LOGIN_attempt_TIME_FILE",
        "github.com/kwurst/bb-file-cleanup, README",
        rf"(?P<login>[^/]+)_attempt_(?P<time>{_MOMENT})(?:_[^/]+|\.json|/.+)",
        "Week 1_alind_attempt_2026-03-02-10-00-00_my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Sakai",
        "SURNAME, NAME(LOGIN)/Submission attachment(s)/FILE, or in one name with underscores",
        "downloads of this form in programs that grade them",
        r"(?P<name>[^/()]+)\((?P<id>[^/()]+)\)[/_]Submission attachment\(s\)[/_].+",
        "Lind, Anna(alind)/Submission attachment(s)/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "ILIAS",
        "SURNAME_NAME_LOGIN_NUMBER/FILE",
        "ILIAS's source, class ilExSubmission, getDirectoryNameFromUserData",
        rf"(?P<name>[^/_\d]+_[^/_\d]+)_[^/]+_{_NO_DATE}(?P<id>\d+)/.+",
        "Lind_Anna_alind_4711/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Microsoft Teams",
        "NAME/ASSIGNMENT/Version NUMBER/FILE",
        "not seen in a document of its own; read as folders of that form",
        r"(?P<name>[^/]+)/[^/]+/Version \d+/.+",
        "Anna Lind/Week 1/Version 2/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "Gradescope",
        "submission_NUMBER/FILE beside submission_metadata.yml",
        "exports of this form in programs that read them, such as Otter-Grader's",
        r"(?P<name>submission_(?P<id>\d+))/.+",
        "submission_4711/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "nbgrader",
        "LOGIN+ASSIGNMENT+TIME UTC/FILE of its exchange",
        "nbgrader's source, exchange/collect.py",
        rf"(?P<name>(?P<id>[^/]+?))\+[^/+]+\+{_UTC_MOMENT}(?:\+\w+)?/.+",
        "alind+week1+2026-03-02 10:00:00.000000 UTC/my-work-2026-03-02.json",
    ),
    PlatformForm(
        "nbgrader",
        "submitted/LOGIN/ASSIGNMENT/FILE",
        "nbgrader's documentation, the order of its folders",
        r"submitted/(?P<name>(?P<id>[^/]+))/[^/]+/.+",
        "submitted/alind/week1/my-work-2026-03-02.json",
    ),
    PlatformForm("Google Classroom", "files as students called them, in one folder", ""),
    PlatformForm("OLAT", "a folder for each student", ""),
)

_PATTERNS = [re.compile(form.pattern, re.DOTALL) for form in FORMS if form.pattern]
# What platforms put beside the files of students, and no student handed in.
_BESIDE = re.compile(
    rf".+_attempt_{_MOMENT}\.txt|timestamp\.txt|grades\.csv|submission_metadata\.yml", re.DOTALL
)


class Submitter(NamedTuple):
    """Who handed a file in, as its path says.

    Attributes
    ----------
    name : str
        The name, or the login where that is all there is.
    number : str
        What the platform itself knows the student by: a number or a login; empty where it gives none.
    time : str
        When it was handed in, where that stands in the place of a number.
    download : tuple of str
        The folders above what the platform made.
    """

    name: str
    number: str
    time: str
    download: tuple[str, ...]


def find_submitter(parts: Sequence[str]) -> Submitter | None:
    """Return who handed a file in, where its path has the form of a platform.

    Parameters
    ----------
    parts : sequence of str
        Of the path, the folders and the file.

    Returns
    -------
    Submitter or None
        None where it has the form of none.

    Examples
    --------
    >>> find_submitter(["hw", "Anna Lind_12_assignsubmission_file", "my-work.json"])
    Submitter(name='Anna Lind', number='12', time='', download=('hw',))
    >>> find_submitter(["work_2026_03_05.json"])
    """
    for at in range(len(parts)):
        path = "/".join(parts[at:])
        for pattern in _PATTERNS:
            if match := pattern.fullmatch(path):
                found = match.groupdict(default="")
                name = found.get("name") or found["login"]
                number = found.get("id", "")
                return Submitter(name, number, found.get("time", ""), tuple(parts[:at]))
    return None


def is_beside(name: str) -> bool:
    """Tell whether a platform put a file beside those of the students.

    Parameters
    ----------
    name : str
        The name of the file.

    Returns
    -------
    bool
        Whether it is no student's.

    Examples
    --------
    >>> is_beside("timestamp.txt"), is_beside("Week 1_alind_attempt_2026-03-02-10-00-00.txt")
    (True, True)
    >>> is_beside("notes.txt")
    False
    """
    return _BESIDE.fullmatch(name) is not None


def logins(names: Sequence[str]) -> list[str]:
    """Return the logins in names of the form ASSIGNMENT_LOGIN of one download.

    The assignment is what all begin with, up to an underscore. Where all are one, only the login's last part
    can be told.

    Parameters
    ----------
    names : sequence of str
        All of one download.

    Returns
    -------
    list of str
        In the same order.

    Examples
    --------
    >>> logins(["Week_1_a_smith", "Week_1_b_smith"]), logins(["Week_1_asmith", "Week_1_asmith"])
    (['a_smith', 'b_smith'], ['asmith', 'asmith'])
    """
    if len(set(names)) == 1:
        return [name.rpartition("_")[2] for name in names]
    first, last = min(names), max(names)
    same = next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))
    start = first.rfind("_", 0, same) + 1
    return [name[start:] for name in names]
