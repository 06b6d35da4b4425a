"""Links that launch the course on Binder, for the repository it is run in or any other.

Binder builds an environment from a repository and opens it for whoever follows the link. The forms of the
address are those of BinderHub's documentation for GitHub, GitLab and any git server; the form that separates
environment from content is nbgitpuller's.
"""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from course_lib.errors import SetupError

HUB = "https://mybinder.org"
HOME = "lab/tree/lessons/index.ipynb"
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+\.\w+)(?::\d+(?=/))?[:/](?P<path>[^\s?#]+?)(?:\.git)?/?"
)


class _Repository(NamedTuple):
    """Where a repository is: its server, and its path there without the ending."""

    host: str
    path: str


def launch_link(remote: str, ref: str = "HEAD", content: str | None = None, hub: str = HUB) -> str:
    """Return the address that launches the course on Binder.

    Parameters
    ----------
    remote : str
        The address of the repository with the environment, as git knows it.
    ref : str, default "HEAD"
        A branch, tag or commit of it.
    content : str or None, optional
        The address of another repository with lessons, optionally with @branch at its end, which is fetched
        when the link is followed.
    hub : str, optional
        The address of the BinderHub, without a slash at its end.

    Returns
    -------
    str
        The address.

    Raises
    ------
    SetupError
        For what is no address of a repository, or of a hub.

    Examples
    --------
    >>> launch_link("git@github.com:someone/course.git", "v1")
    'https://mybinder.org/v2/gh/someone/course/v1?urlpath=lab%2Ftree%2Flessons%2Findex.ipynb'
    """
    if not re.match(r"https?://[^/]", hub):
        raise SetupError(f"{hub!r} is not the address of a BinderHub. It begins with https://, like {HUB}.")
    host, path = _parse_remote(remote)
    quoted_ref = quote(ref, safe="")
    if host == "github.com":
        place = f"gh/{path}/{quoted_ref}"
    elif host == "gitlab.com":
        place = f"gl/{quote(path, safe='')}/{quoted_ref}"
    else:
        # Some servers know a repository with this ending only, others without it only.
        end = ".git" if remote.strip().rstrip("/").endswith(".git") else ""
        place = f"git/{quote(f'https://{host}/{path}{end}', safe='')}/{quoted_ref}"
    return f"{hub}/v2/{place}?{urlencode({'urlpath': HOME if content is None else _pull_path(content)})}"


def badge(link: str, hub: str = HUB) -> str:
    """Return a link as a badge in Markdown, for a README.

    Parameters
    ----------
    link : str
        As from `launch_link`.
    hub : str, optional
        The address of the BinderHub, which has the picture.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> badge("https://mybinder.org/v2/gh/a/b/HEAD")
    '[![Launch the course on Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/a/b/HEAD)'
    """
    return f"[![Launch the course on Binder]({hub}/badge_logo.svg)]({link})"


def origin(folder: str | Path) -> str:
    """Return the address of the repository that a folder is a checkout of.

    Parameters
    ----------
    folder : str or Path
        The folder.

    Returns
    -------
    str
        The address, as git knows it.

    Raises
    ------
    SetupError
        Where it is no checkout, has no remote called origin, or git is not installed.
    """
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise SetupError(
            "git was not found. Name the repository: python3 -m course_lib binder-link --repo ADDRESS"
        ) from None
    if done.returncode:
        raise SetupError(
            f"The folder {folder} has no git remote called origin. "
            "Name the repository: python3 -m course_lib binder-link --repo ADDRESS"
        )
    return done.stdout.strip()


def _parse_remote(remote: str) -> _Repository:
    match = _REMOTE.fullmatch(remote.strip())
    if match is None or "/" not in match["path"].strip("/"):
        raise SetupError(
            f"{remote!r} is not the address of a repository that Binder could fetch. "
            "It looks like https://github.com/someone/course or git@gitlab.com:someone/course.git."
        )
    host, path = match["host"].lower(), match["path"].strip("/")
    if host == "github.com" and path.count("/") > 1:
        owner, name = path.split("/")[:2]
        raise SetupError(
            f"{remote!r} is a page of a repository, not its address. Name https://github.com/{owner}/{name}, "
            "and a branch with --ref."
        )
    return _Repository(host, path)


def _pull_path(content: str) -> str:
    """Return the path at which nbgitpuller fetches the lessons and opens the home."""
    address, at, branch = content.rpartition("@")
    # An @ may also stand before the host; a branch comes after the last slash.
    if not at or "/" in branch or ":" in branch:
        address, branch = content, ""
    host, path = _parse_remote(address)
    query = {
        "repo": f"https://{host}/{path}",
        "urlpath": f"lab/tree/{path.rsplit('/', 1)[-1]}/lessons/index.ipynb",
    }
    return "git-pull?" + urlencode(query | ({"branch": branch} if branch else {}))
