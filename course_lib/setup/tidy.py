"""The committed form of a lesson: clean, but for the few results that every test run compares.

Cells tagged `nbval-check-output` keep a count and their printed text, so that a number a student reads
cannot change unnoticed. Everything else a run leaves behind is taken out.
"""

import json

from course_lib import paths
from course_lib.generated import keep_in_step

KEPT = "nbval-check-output"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def clean_notebook(book):
    """Return a notebook (the dict of its JSON) in committed form; the one given stays as it is."""
    cells = []
    for cell in book["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        kept = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id"),
            "metadata": {"tags": tags} if tags else {},
            "source": "".join(cell["source"]).splitlines(keepends=True),
        }
        if cell["cell_type"] == "code":
            checked = KEPT in tags
            # nbval compares only cells that have a count, whatever their tag.
            kept["execution_count"] = 1 if checked else None
            kept["outputs"] = [_printed(output) for output in cell["outputs"]] if checked else []
        cells.append(dict(sorted(kept.items())))
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def notebook_text(book):
    """Return a notebook as the text of its file."""
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def tidy_lessons(check=False):
    """Write every lesson in committed form, or only name those that are not (`check`); return their names."""
    untidy = []
    for path in sorted(paths.LESSONS.glob("*.ipynb")):
        form = notebook_text(clean_notebook(json.loads(path.read_text(encoding="utf-8"))))
        if not keep_in_step(path, form, check):
            untidy.append(path.name)
    return untidy


def _printed(output):
    if output["output_type"] != "stream":
        raise ValueError(
            f"a cell tagged {KEPT} shows {output['output_type']!r}; it may only print text. "
            "Print the number, or take the tag away."
        )
    return {
        "name": output["name"],
        "output_type": "stream",
        "text": "".join(output["text"]).splitlines(keepends=True),
    }
