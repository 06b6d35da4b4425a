"""What tests of hand-ins share: a bank of four questions, and files handed in to it."""

import json
import uuid
from pathlib import Path

import pytest

from course_lib import items, paths

BAD = paths.CHECKOUT / "tests" / "bad" / "submissions"
SMALL = Path(__file__).with_name("small.toml")


@pytest.fixture(scope="session")
def bank():
    """A bank that does not change when the course does."""
    return items.load(SMALL.read_text(encoding="utf-8"), SMALL.name)


@pytest.fixture(scope="session")
def versions(bank):
    """The version of each question."""
    return {item.id: item.version for item in bank.items}


class SubmissionMaker:
    """Makes entries and hand-ins; time goes on by itself."""

    def __init__(self, versions):
        self._versions = versions
        self._minute = 0

    def entry(self, item="01-one", answer=0, score=1.0, state="right", attempt=1, kind="answer", **more):
        """One entry, a minute after the one before."""
        self._minute += 1
        return {
            "uid": uuid.uuid4().hex,
            "at": f"2026-03-02T{9 + self._minute // 60:02d}:{self._minute % 60:02d}:00.000+00:00",
            "item": item,
            "version": self._versions.get(item, ""),
            "kind": kind,
            "answer": answer,
            "score": score,
            "state": state,
            "attempt": attempt,
            "sure": None,
            **more,
        }

    def text(self, *events):
        """The text of a hand-in."""
        return json.dumps(
            {"format": "reading-with-evidence work", "form": 1, "events": list(events)}, indent=1
        )

    def file(self, path, *events):
        """A hand-in at this path, by default with one right answer."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text(*(events or [self.entry()])), encoding="utf-8")
        return path


@pytest.fixture
def make(versions):
    """Makes entries and hand-ins."""
    return SubmissionMaker(versions)


@pytest.fixture
def bad(tmp_path, versions):
    """Copies a file of tests/bad/submissions into a folder, with the versions that questions have now."""

    def copy_file(file, folder=tmp_path / "class"):
        folder.mkdir(exist_ok=True)
        data = (BAD / file).read_bytes()
        for wide in ("utf-8", "utf-16-le"):
            for name, version in versions.items():
                data = data.replace(f"{{{name}}}".encode(wide), version.encode(wide))
        (folder / file).write_bytes(data)
        return folder

    return copy_file
