"""The committed form of a notebook."""

import json

import pytest

from course_lib import paths
from course_lib.setup import tidy


def ran(source, outputs, tags=()):
    """A code cell as JupyterLab saves it after a run."""
    return {
        "cell_type": "code",
        "id": "cell",
        "metadata": {"tags": list(tags), "execution": {"iopub": 1}},
        "source": source,
        "execution_count": 7,
        "outputs": outputs,
    }


def printed(text):
    """What a print leaves behind."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_what_a_run_leaves_behind_is_taken_out():
    """Outputs, counts and the editor's marks go; the source stays."""
    book = {"cells": [ran("1 + 1\n2", [printed("x")])], "metadata": {"widgets": {}}, "nbformat": 4}
    (cell,) = tidy.clean_notebook(book)["cells"]
    assert (cell["execution_count"], cell["outputs"], cell["metadata"]) == (None, [], {})
    assert cell["source"] == ["1 + 1\n", "2"]
    assert tidy.clean_notebook(book)["metadata"] == tidy.METADATA


def test_a_checked_cell_keeps_its_printed_text():
    """nbval compares a cell only if it has a count, so the count stays with the text."""
    (cell,) = tidy.clean_notebook({"cells": [ran("print(3)", [printed("3\n")], [tidy.KEPT])]})["cells"]
    assert cell["execution_count"] == 1
    assert cell["outputs"] == [{"name": "stdout", "output_type": "stream", "text": ["3\n"]}]


def test_a_checked_cell_may_only_print():
    """A picture or table cannot be compared in a stable way, and the sentence says what to do."""
    shown = {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": 1}
    with pytest.raises(
        ValueError, match="^a cell tagged nbval-check-output shows 'execute_result'; it may only"
    ):
        tidy.clean_notebook({"cells": [ran("3", [shown], [tidy.KEPT])]})


def test_tidy_names_what_it_changes_and_check_changes_nothing(tmp_path, monkeypatch):
    """Checking only looks; tidying writes; a second look finds nothing."""
    path = tmp_path / "01_a.ipynb"
    path.write_text(json.dumps({"cells": [ran("1", [printed("1")])], "metadata": {}}), encoding="utf-8")
    before = path.read_bytes()
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    assert tidy.tidy_lessons(check=True) == ["01_a.ipynb"]
    assert path.read_bytes() == before
    assert tidy.tidy_lessons() == ["01_a.ipynb"]
    assert tidy.tidy_lessons(check=True) == []
