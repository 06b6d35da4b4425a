"""Files that are written from others and committed: in step with what they are written from."""


def keep_in_step(path, text, check):
    """Return whether a file holds this text; write it where it does not, unless only asked (`check`)."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return True
    if not check:
        path.write_text(text, encoding="utf-8", newline="\n")
    return False
