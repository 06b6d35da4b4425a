"""Kill a start at each of its steps, and let the next one finish: run by a test in a process of its own.

What a step is says `killing`.
"""

import itertools
import json
import os
import shutil
import sys
from pathlib import Path

import lesson_folders as folders
from killing import killed_at

from course_lib.setup.lesson_copies import RECORD, copy_lessons


def first(_mine, _master):
    """Nothing is there yet."""


def only_run(mine, master):
    """Everything was run, and there is a new edition."""
    copy_lessons(mine)
    for stem in folders.STEMS:
        folders.run_and_save(mine / "lessons" / f"{stem}.ipynb")
    folders.publish(master, 2)


def changed(mine, master):
    """A lesson was changed, and its new edition too; and there is a third one."""
    copy_lessons(mine)
    for stem in folders.STEMS:
        folders.add_note(mine / "lessons" / f"{stem}.ipynb")
    folders.publish(master, 2)
    copy_lessons(mine)
    folders.add_note(mine / "lessons" / "01_a (new edition).ipynb", "Another note.")
    folders.publish(master, 3)


def broken(mine, _master):
    """Stumps, something that is no notebook, a record that is cut short, a file an earlier kill left."""
    copy_lessons(mine)
    lessons = mine / "lessons"
    (lessons / "index.ipynb").write_bytes(b"")
    (lessons / "01_a.ipynb").write_bytes((lessons / "01_a.ipynb").read_bytes()[:200])
    (lessons / "02_b.ipynb").write_text("no notebook, but perhaps mine", encoding="utf-8")
    (mine / RECORD).write_text('{"index.ipynb": "', encoding="utf-8")
    left = lessons / f".{'0' * 32}.ipynb"
    left.write_text("{", encoding="utf-8")
    os.utime(left, (1, 1))


SCENES = (first, only_run, changed, broken)


def own_work(mine):
    """Every own cell and file of the student, however it is called."""
    kept = {path.name: path.read_bytes() for path in mine.rglob("*") if path.name in folders.OWN}
    texts = set()
    for path in (mine / "lessons").glob("[!.]*.ipynb"):
        text = path.read_text(encoding="utf-8")
        texts |= {note for note in ("My note.", "Another note.", "perhaps mine") if note in text}
    return kept, texts


def kill_everywhere(scene, work):
    """Return how often a start was killed, how often a lesson was not to be had then, and work was lost."""
    kept_out = lost = 0
    for step in itertools.count():
        shutil.rmtree(work, ignore_errors=True)
        mine, master = work / "mine", work / "master"
        (mine / "lessons").mkdir(parents=True)
        for name, content in folders.OWN.items():
            (mine / "lessons" / name).write_bytes(content)
        folders.publish(master, 1)
        folders.use(master)
        scene(mine, master)
        before = own_work(mine)
        if not killed_at(step, mine, lambda mine=mine: copy_lessons(mine)):
            return {"kills": step, "kept out": kept_out, "lost": lost}
        lost += own_work(mine) != before
        report = copy_lessons(mine)
        lost += own_work(mine) != before
        kept_out += bool(report.unwritten) or not all(
            newest(mine / "lessons", stem, master) for stem in folders.STEMS
        )


def newest(lessons, stem, master):
    """Whether a lesson can be opened, and the newest edition of it lies there."""
    wanted = folders.sources(master / f"{stem}.ipynb")
    folders.sources(lessons / f"{stem}.ipynb")
    return any(
        folders.sources(path) == wanted
        for path in lessons.glob(f"{stem}*.ipynb")
        if path.name not in folders.OWN
    )


if __name__ == "__main__":
    # Nobody cuts the power here, and waiting for the disk takes most of the time.
    os.fsync = lambda _handle: None
    print(json.dumps({scene.__name__: kill_everywhere(scene, Path(sys.argv[1])) for scene in SCENES}))
