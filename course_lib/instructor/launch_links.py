"""Links that launch the course on Binder, for the repository it is run in or any other.

Binder builds an environment from a repository and opens it for whoever follows the link. The forms of the
address are those of BinderHub's documentation for GitHub, GitLab and any git server; the form that separates
environment from content is nbgitpuller's.
"""

import re
import subprocess
from urllib.parse import quote, urlencode

from course_lib.errors import SetupError

HUB = "https://mybinder.org"
HOME = "lab/tree/lessons/index.ipynb"
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+\.\w+)(?::\d+(?=/))?[:/](?P<path>[^\s?#]+?)(?:\.git)?/?"
)


def launch_link(remote, ref="HEAD", content=None, hub=HUB):
    """Return the address that launches the course on Binder.

    Parameters: `remote` the address of the repository with the environment, as git knows it; `ref` a branch,
    tag or commit of it; `content` the address of another repository with lessons, optionally with @branch at
    its end, which is fetched when the link is followed; `hub` the BinderHub.
    Raises: `SetupError` for what is no address of a repository.

    >>> launch_link("git@github.com:someone/course.git", "v1")
    'https://mybinder.org/v2/gh/someone/course/v1?urlpath=lab%2Ftree%2Flessons%2Findex.ipynb'
    """
    if not re.match(r"https?://[^/]", hub):
        raise SetupError(f"{hub!r} is not the address of a BinderHub. It begins with https://, like {HUB}.")
    host, path = _parts(remote)
    ref_ = quote(ref, safe="")
    if host == "github.com":
        place = f"gh/{path}/{ref_}"
    elif host == "gitlab.com":
        place = f"gl/{quote(path, safe='')}/{ref_}"
    else:
        # Some servers know a repository with this ending only, others without it only.
        end = ".git" if remote.strip().rstrip("/").endswith(".git") else ""
        place = f"git/{quote(f'https://{host}/{path}{end}', safe='')}/{ref_}"
    return f"{hub}/v2/{place}?{urlencode({'urlpath': HOME if content is None else _pulled(content)})}"


def badge(link, hub=HUB):
    """Return the link as a badge in Markdown, for a README."""
    return f"[![Launch the course on Binder]({hub}/badge_logo.svg)]({link})"


def origin(folder):
    """Return the address of the repository that a folder is a checkout of.

    Raises: `SetupError` where it is none, or has no remote called origin.
    """
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise SetupError(
            "git was not found. Name the repository: course binder-link --repo ADDRESS"
        ) from None
    if done.returncode:
        raise SetupError(
            f"The folder {folder} has no git remote called origin. "
            "Name the repository: course binder-link --repo ADDRESS"
        )
    return done.stdout.strip()


def _parts(remote):
    found = _REMOTE.fullmatch(remote.strip())
    if found is None or "/" not in found["path"].strip("/"):
        raise SetupError(
            f"{remote!r} is not the address of a repository that Binder could fetch. "
            "It looks like https://github.com/someone/course or git@gitlab.com:someone/course.git."
        )
    host, path = found["host"].lower(), found["path"].strip("/")
    if host == "github.com" and path.count("/") > 1:
        owner, name = path.split("/")[:2]
        raise SetupError(
            f"{remote!r} is a page of a repository, not its address. Name https://github.com/{owner}/{name}, "
            "and a branch with --ref."
        )
    return host, path


def _pulled(content):
    address, at, branch = content.rpartition("@")
    # An @ may also stand before the host; a branch comes after the last slash.
    if not at or "/" in branch or ":" in branch:
        address, branch = content, ""
    host, path = _parts(address)
    asked = {
        "repo": f"https://{host}/{path}",
        "urlpath": f"lab/tree/{path.rsplit('/', 1)[-1]}/lessons/index.ipynb",
    }
    return "git-pull?" + urlencode(asked | ({"branch": branch} if branch else {}))
