"""The example class is what it says: known abilities, the form of real files, the same for the same seed."""

import json

import numpy as np
import pandas as pd
import pytest

from course_lib import items
from course_lib.__main__ import main
from course_lib.curriculum import course
from course_lib.errors import ProgressError
from course_lib.instructor import synthetic_class
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.submissions import reading
from course_lib.instructor.synthetic_class.questions import SyntheticQuestion
from course_lib.student.progress import Progress


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """A class large enough to find its abilities again."""
    folder = tmp_path_factory.mktemp("example") / "class"
    return folder, synthetic_class.make_class(folder, 120, seed=5)


def test_the_files_are_what_the_course_writes(class_, tmp_path):
    """Taken back by a student's own course and written again, a file is the same to the last sign."""
    folder, made = class_
    one = next(one for one in made if not one.odd)
    text = (folder / one.path).read_text(encoding="utf-8")
    progress = Progress(tmp_path / "progress.sqlite")
    assert progress.restore(text) == len(json.loads(text)["events"])
    again = json.loads(progress.export())
    assert again == json.loads(text)
    assert progress.export() == text


def test_marks_in_the_files_are_those_of_the_course(class_):
    """Only what is odd on purpose is remarked."""
    folder, made = class_
    handed = reading.read_submissions(folder)
    gradebook.build_gradebook(handed)
    odd = {one.name for one in made if one.odd}
    before = {made[at - 1].name for at, one in enumerate(made) if one.odd == "copied"}
    kinds = {one.kind for one in handed.report.remarks}
    assert kinds == {"unread", "scores", "copies", "clock", "version"}
    for remark in handed.report.remarks:
        if remark.kind != "version":
            assert remark.about.split("_")[0] in odd | before


def test_abilities_come_back_in_the_marks(class_):
    """Who is meant to be able to do more has more right at first; the hasty and the gaming have less."""
    folder, made = class_
    table = gradebook.build_gradebook(reading.read_submissions(folder)).table("file")
    who = pd.DataFrame(
        [(one.name, one.ability, one.manner) for one in made], columns=["student", "able", "how"]
    )
    both = table.merge(who, on="student")
    careful = both[both["how"].isin(["careful", "usual"])]
    assert np.corrcoef(careful["able"], careful["lessons first try %"])[0, 1] > 0.8
    means = both.groupby("how")["lessons first try %"].mean()
    assert means["hasty"] < means["usual"] - 15
    assert careful["after first try %"].mean() > careful["before first try %"].mean() + 5


def test_the_same_seed_makes_the_same_class(tmp_path):
    """To the last byte; another seed makes another."""
    lessons = [course.bank(course.stems()[0])]
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        synthetic_class.make_class(tmp_path / name, 9, seed, lessons)
    files = [
        [path.read_bytes() for path in sorted((tmp_path / name).rglob("*.json"))]
        for name in ("one", "again", "other")
    ]
    assert files[0] == files[1] != files[2]


def test_every_question_of_every_type_is_answered_in_several_ways():
    """No question of the course has only one answer in a class."""
    for bank in gradebook.course_banks():
        for item in bank.items:
            question = SyntheticQuestion(item, 1)
            given = {json.dumps(one[0]) for one in question.wrong} | {json.dumps(items.key_answer(item))}
            assert len(given) > 1, item.id
            assert all(state == ("not_yet" if item.graded else "kept") for _, state, _ in question.wrong), (
                item.id
            )


def test_the_command_makes_a_class(tmp_path, capsys):
    """With a file of who is in it, and the next step."""
    folder = tmp_path / "class"
    asked = ["example-class", str(folder), "--students", "12", "--abilities", str(tmp_path / "who.csv")]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"12 students handed in to {folder}. None of them exists.",
        "Odd on purpose: Student 08: cut short.",
        f"Next, the marks: python3 -m course_lib gradebook {folder} --out class.csv",
        f"And what the class understood: python3 -m course_lib understand {folder} --out understand.html",
    ]
    who = pd.read_csv(tmp_path / "who.csv")
    assert list(who.columns) == ["name", "ability", "manner", "odd"]
    assert len(who) == 12
    assert main(asked) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"The folder {folder} is not empty. Name another, or one to be made."
    )


@pytest.mark.parametrize(
    ("abilities", "reason"),
    [
        ("gone/who.csv", "No such file or directory"),
        ("file/who.csv", "Not a directory"),
        ("here", "Is a directory"),
        ("class", "Is a directory"),
        ("class/gone/who.csv", "No such file or directory"),
    ],
)
def test_abilities_that_cannot_be_written_leave_no_class(tmp_path, monkeypatch, capsys, abilities, reason):
    """Looked at first: the class would have to be deleted and made again."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "here").mkdir()
    assert main(["example-class", "class", "--students", "3", "--abilities", abilities]) == 1
    assert capsys.readouterr().err == (
        f"{abilities} cannot be written ({reason}). Close it in other programs, or name a folder that exists "
        "and is yours.\n"
    )
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "here"]


@pytest.mark.parametrize("abilities", ["new/class/who.csv", "new/who.csv"])
def test_abilities_may_lie_in_folders_that_are_made_with_the_class(tmp_path, abilities):
    """They are there once the class is."""
    folder, who = tmp_path / "new" / "class", tmp_path / abilities
    assert main(["example-class", str(folder), "--students", "3", "--abilities", str(who)]) == 0
    assert len(pd.read_csv(who)) == 3


def test_what_cannot_be_made_is_told(tmp_path):
    """Too many, none, no place."""
    with pytest.raises(ProgressError) as caught:
        synthetic_class.make_class(tmp_path / "class", 0)
    assert str(caught.value) == "A class of 0 cannot be made; it has 1 to 1,000,000 students."
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ProgressError) as caught:
        synthetic_class.make_class(tmp_path / "file" / "class", 3)
    assert str(caught.value) == (
        f"The folder {tmp_path / 'file' / 'class'} cannot be written to (Not a directory)."
    )
