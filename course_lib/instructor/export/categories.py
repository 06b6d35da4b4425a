"""Folders of questions in Moodle, which GIFT names in the same way."""


def category_path(*names: str) -> str:
    """Return the path of a category below the course's, a slash in a name written twice.

    Parameters
    ----------
    *names : str
        From the outermost to the innermost.

    Returns
    -------
    str
        The path.

    Examples
    --------
    >>> category_path("a/b", "c")
    '$course$/top/a//b/c'
    """
    return "/".join(["$course$", "top", *(" ".join(name.split()).replace("/", "//") for name in names)])
