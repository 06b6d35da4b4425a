"""A course of eight lessons that changes, and what students and accidents do to their copies of it."""

import json
from pathlib import Path

from course_lib import paths

OWN = {"my notes.ipynb": b"{}", "data.csv": b"a,b\n1,2\n", "01_a copy.ipynb": b"mine"}
STEMS = ("index", "01_a", "02_b", "03_c", "04_d", "05_e", "06_f", "07_g", "08_h")


def notebook(*sources, minor=5):
    """A notebook in the form the course has it in."""
    cells = [
        {"cell_type": "markdown", "id": "text", "metadata": {}, "source": [sources[0]]},
        *(
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"code-{n}",
                "metadata": {"tags": ["t"]},
                "outputs": [],
                "source": source.splitlines(keepends=True),
            }
            for n, source in enumerate(sources[1:])
        ),
    ]
    metadata = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def write(path: Path, book):
    """Write a notebook as the course does."""
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path):
    """A notebook."""
    return json.loads(path.read_text(encoding="utf-8"))


def sources(path: Path):
    """The texts of a notebook's cells."""
    return ["".join(cell["source"]) for cell in read(path)["cells"]]


def publish(folder: Path, edition: int):
    """Write an edition of the course's own lessons."""
    (folder / "items").mkdir(parents=True, exist_ok=True)
    for stem in STEMS:
        write(folder / f"{stem}.ipynb", notebook(f"# {stem}, edition {edition}", "1 + 1\n2 + 2", "ask('é')"))
    for stem in STEMS[1:]:
        (folder / "items" / f"{stem}.toml").write_text("the key", encoding="utf-8")
    write(folder / "09_left_out.ipynb", notebook("# A lesson that is not in the list"))
    (folder / "course.toml").write_text(f"lessons = {json.dumps(STEMS[1:])}", encoding="utf-8")


def use(folder: Path):
    """Take a folder for the course's own lessons."""
    paths.LESSONS = folder


def run_and_save(path: Path):
    """Do to a lesson what JupyterLab does when it is run, saved and left at its last cell."""
    book = read(path)
    for n, cell in enumerate(book["cells"], 1):
        cell["id"] = f"new-{n}"
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell["execution_count"] = n
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["4\n"]}]
            cell["metadata"] |= {"trusted": True, "execution": {"iopub.status.busy": "2026-12-01T12:00:00Z"}}
        else:
            cell["metadata"] = {"jp-MarkdownHeadingCollapsed": True}
    empty = {
        "cell_type": "code",
        "execution_count": None,
        "id": "e",
        "metadata": {},
        "outputs": [],
        "source": "",
    }
    book["cells"].append(empty)
    book["metadata"]["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book["metadata"]["language_info"] = {"name": "python", "version": "3.13.1", "file_extension": ".py"}
    book["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    book["nbformat_minor"] = 6
    path.write_text(json.dumps(book, indent=1, sort_keys=True), encoding="utf-8")


def add_note(path: Path, text="My note."):
    """Add a cell of one's own to a lesson that was run."""
    run_and_save(path)
    book = read(path)
    book["cells"].insert(1, {"cell_type": "markdown", "id": "n", "metadata": {}, "source": text})
    write(path, book)
