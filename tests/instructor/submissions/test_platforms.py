"""What learning platforms give: each form as a folder and as a zip, and nobody taken for somebody else."""

import zipfile
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.__main__ import main
from course_lib.instructor.gradebook.gradebook import build_gradebook
from course_lib.instructor.submissions.platforms import FORMS, find_submitter
from course_lib.instructor.submissions.reading import read_submissions


class Person(NamedTuple):
    """Who hands in: a name, a login, a number of the platform, and when."""

    first: str
    last: str
    login: str
    number: int


# Two are called alike; of two logins one ends as the other does.
CLASS = [
    Person("Anna", "Lind", "a_lind", 4711),
    Person("Anna", "Lind", "b_lind", 4712),
    Person("Ben", "Öz", "boez", 4713),
    Person("Mary-Ann", "Smith Jones", "msj2", 4714),
]
DAYS = ["02", "09"]

# Path of a file of a person handed in for a day, in the forms that platforms have.
PATHS: dict[str, Callable[[Person, str, str], str]] = {
    "Moodle": lambda p, day, file: f"{p.first} {p.last}_{p.number}_assignsubmission_file/{file}",
    "Moodle, until 3": lambda p, day, file: f"{p.first} {p.last}_{p.number}_assignsubmission_file_/{file}",
    "Moodle, no folders": lambda p, day, file: f"{p.first} {p.last}_{p.number}_assignsubmission_file_{file}",
    "Moodle, anonymous": lambda p, day, file: f"Participant_{p.number}_assignsubmission_file/{file}",
    "Canvas": lambda p, day, file: f"{letters(p.last + p.first)}_{p.number}_{p.number}{day}_{file}",
    "Canvas, late": lambda p, day, file: (
        f"{letters(p.last + p.first)}_LATE_{p.number}_9{p.number}{day}_{file}"
    ),
    "Canvas, no names": lambda p, day, file: f"anon_x{p.number}_9{p.number}{day}_{file}",
    "Canvas, late without names": lambda p, day, file: f"LATE_anon_x{p.number}_9{p.number}{day}_{file}",
    "Brightspace": lambda p, day, file: (
        f"397063-255{p.number} - {p.first} {p.last} - Mar {int(day)}, 2026 {900 + p.number % 10} AM/{file}"
    ),
    "Brightspace, no folders": lambda p, day, file: (
        f"397063-255{p.number} - {p.first} {p.last} - Mar {int(day)}, 2026 {900 + p.number % 10} AM - {file}"
    ),
    "Blackboard": lambda p, day, file: f"Week_1_{p.login}_attempt_2026-03-{day}-10-00-00_{file}",
    "Sakai": lambda p, day, file: f"Week 1/{p.last}, {p.first}({p.login})/Submission attachment(s)/{file}",
    "Sakai, no folders": lambda p, day, file: (
        f"{p.last}, {p.first}({p.login})_Submission attachment(s)_{file}"
    ),
    "ILIAS": lambda p, day, file: f"{p.last}_{p.first}_{p.login}_{p.number}/202603{day}100000_{file}",
    "Microsoft Teams": lambda p, day, file: (
        f"{p.first} {p.last} {p.number}/Week 1/Version {DAYS.index(day) + 1}/{file}"
    ),
    "Gradescope": lambda p, day, file: f"assignment_77_export/submission_{p.number}/{file}",
    "nbgrader, exchange": lambda p, day, file: f"{p.login}+ps1+2026-03-{day} 10:00:00.000000 UTC+ab12/{file}",
    "nbgrader": lambda p, day, file: f"submitted/{p.login}/ps1/{file}",
    "Google Classroom": lambda p, day, file: f"{p.first} {p.last} {p.number} - {file}",
    "OLAT": lambda p, day, file: f"Week 1/{p.last}_{p.first}_{p.login}/{file}",
}
BESIDE = {
    "Blackboard": "Week_1_{login}_attempt_2026-03-02-10-00-00.txt",
    "Sakai": "Week 1/{last}, {first}({login})/timestamp.txt",
    "Gradescope": "assignment_77_export/submission_metadata.yml",
    "nbgrader": "submitted/{login}/ps1/timestamp.txt",
}


def letters(text):
    """The letters, digits and underscores of a name, small, as Canvas writes it."""
    return "".join(sign for sign in text.lower() if sign.isalnum() or sign == "_") or "nn"


def work(make, person, day):
    """What a person has by a day: all entries so far."""
    entries = [make.entry(uid=f"{person.number:032x}"[:32], at="2026-03-01T10:00:00+00:00")]
    if day != DAYS[0]:
        entries.append(
            make.entry(uid=f"{person.number:031x}f"[:32], at="2026-03-08T10:00:00+00:00", attempt=2)
        )
    return make.text(*entries)


def handed_in(make, path):
    """The files of the class: the first hands in twice."""
    files = {}
    for person in CLASS:
        for day in DAYS if person is CLASS[0] else DAYS[:1]:
            name = path(person, day, f"my-work-2026-03-{day}.json")
            files[name] = work(make, person, day)
    return files


def lay(tmp_path, files, packed, name="class"):
    """Put files into a folder or a zip; return it."""
    target = tmp_path / (f"{name}.zip" if packed else name)
    if packed:
        with zipfile.ZipFile(target, "w") as archive:
            for path, text in files.items():
                archive.writestr(path, text)
    else:
        for path, text in files.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_text(text, encoding="utf-8")
    return target


def students(folder, bank):
    """Each student with how many files and entries they have, and what was remarked."""
    book = build_gradebook(read_submissions(folder, salt=b"salt"), [bank])
    return book.students, book.report


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("platform", PATHS)
def test_nobody_is_merged_and_nobody_split(tmp_path, make, bank, platform, packed):
    """Two of one name are two; who hands in twice is one."""
    files = handed_in(make, PATHS[platform])
    if pattern := BESIDE.get(platform):
        for person in CLASS:
            files[pattern.format(**person._asdict())] = "Name: nobody"
    found, report = students(lay(tmp_path, files, packed), bank)
    assert sorted(zip(found["files"], found["entries"], strict=True)) == [(1, 1), (1, 1), (1, 1), (2, 2)]
    assert found["student"].is_unique
    assert found["name"].is_unique
    assert not report.is_doubtful
    assert [remark.kind for remark in report.remarks if remark.kind != "several"] in ([], ["apart"])
    assert report.files == 5


@pytest.mark.parametrize("platform", PATHS)
def test_the_next_download_is_of_the_same_people(tmp_path, make, bank, platform):
    """Two downloads side by side: who has entries in common is one, and no one else."""
    files = {
        f"{week}/{name}": text
        for week in ("w1", "w2")
        for name, text in handed_in(make, PATHS[platform]).items()
    }
    found, report = students(lay(tmp_path, files, False), bank)
    assert found["entries"].max() == 2
    # What is no platform's is told apart by its folders, since a copied file has entries in common too.
    if platform in ("Google Classroom", "OLAT", "Microsoft Teams", "Gradescope") and len(found) != 4:
        assert len(found) == 8
    else:
        assert len(found) == 4
    assert not report.is_doubtful


NUMBERS = {
    "Moodle": ["4711", "4712", "4713", "4714"],
    "Canvas": ["4711", "4712", "4713", "4714"],
    "Blackboard": ["a_lind", "b_lind", "boez", "msj2"],
    "Sakai": ["a_lind", "b_lind", "boez", "msj2"],
    "ILIAS": ["4711", "4712", "4713", "4714"],
    "Gradescope": ["4711", "4712", "4713", "4714"],
    "nbgrader": ["a_lind", "b_lind", "boez", "msj2"],
}


@pytest.mark.parametrize("platform", NUMBERS)
def test_the_platforms_own_number_is_a_column_where_names_are_shown(tmp_path, make, platform):
    """So that marks can be carried back; with pseudonyms it would name the student."""
    folder = lay(tmp_path, handed_in(make, PATHS[platform]), False)
    book = build_gradebook(read_submissions(folder, salt=b"salt"))
    assert sorted(book.table("file")["platform id"]) == NUMBERS[platform]
    assert "platform id" not in book.table().columns
    for ending in ("csv", "xlsx", "html"):
        book.write_table(tmp_path / f"marks.{ending}", "file")
        book.write_table(tmp_path / f"hidden.{ending}")
    assert NUMBERS[platform][0] in (tmp_path / "marks.csv").read_text(encoding="utf-8")
    assert NUMBERS[platform][0] in (tmp_path / "marks.html").read_text(encoding="utf-8")
    for ending in ("csv", "html"):
        assert NUMBERS[platform][0] not in (tmp_path / f"hidden.{ending}").read_text(encoding="utf-8")


def test_what_only_looks_like_a_platform_is_none(tmp_path, make, bank):
    """Three students' folders with a file that has a date in its name are three."""
    for name in ("work_2026_03_05.json", "work_2026_11_305_x.json", "a_1_2.json", "notes_attempt_2.json"):
        assert find_submitter([name]) is None
    files = {f"{name}/work_2026_03_05.json": make.text(make.entry()) for name in ("anna", "ben", "cleo")}
    found, report = students(lay(tmp_path, files, False), bank)
    assert (len(found), report.remarks) == (3, [])


def test_the_folder_of_a_student_counts_before_the_names_of_files(tmp_path, make, bank):
    """Whatever the files in it are called, as long as they are of one person; a class's is nobody's."""
    first, later, other = make.entry(), make.entry(attempt=2), make.entry()
    files = {
        "Week 1/Anna/answers.json": make.text(first),
        "Week 1/Anna/my-work-2026-03-09.json": make.text(first, later),
        "Week 1/Anna/again.json": make.text(later),
        "Week 1/Ben/answers.json": make.text(other),
    }
    found, report = students(lay(tmp_path, files, False), bank)
    assert sorted(zip(found["name"], found["files"], strict=True)) == [
        ("Anna", 3),
        ("Week 1/Ben/answers", 1),
    ]
    assert not report.is_doubtful
    # In the folders of two classes one has copied another's, and both stay.
    files = {
        "A/anna.json": make.text(first),
        "A/ben.json": make.text(first),
        "A/cleo.json": make.text(make.entry()),
        "B/dora.json": make.text(other),
    }
    found, _ = students(lay(tmp_path, files, True, "classes"), bank)
    assert sorted(found["name"]) == ["anna", "ben", "cleo", "dora"]


def test_logins_that_end_alike_are_two_people(tmp_path, make, bank):
    """What all names of a download begin with is the assignment."""
    files = {
        f"Essay_{login}_attempt_2026-03-02-10-00-00_my-work.json": make.text(make.entry())
        for login in ("a_smith", "b_smith")
    }
    found, _ = students(lay(tmp_path, files, False), bank)
    assert sorted(found["name"]) == ["a_smith", "b_smith"]


def test_one_name_without_a_common_entry_is_not_one_student(tmp_path, make, bank):
    """In two downloads; the report says so, and nothing doubtful was done."""
    for week in ("w1", "w2"):
        make.file(tmp_path / "class" / week / "Anna Lind_12_assignsubmission_file" / "my-work.json")
    found, report = students(tmp_path / "class", bank)
    assert sorted(found["name"]) == ["Anna Lind 12 (w1)", "Anna Lind 12 (w2)"]
    assert [(remark.kind, remark.text) for remark in report.remarks] == [
        ("apart", "2 students of this name, in 2 places; what has no entry in common is not put together.")
    ]
    assert not report.is_doubtful


def test_a_doubtful_merge_ends_the_command_with_1(tmp_path, make, capsys, monkeypatch):
    """Two files in one student's folder that share nothing; everything is written all the same."""
    monkeypatch.chdir(tmp_path)
    for name in ("my-work.json", "my-work (1).json"):
        make.file(tmp_path / "class" / "anna" / name)
    make.file(tmp_path / "class" / "ben" / "my-work.json")
    assert main(["gradebook", "class", "--out", "marks.csv"]) == 1
    told = capsys.readouterr().out.splitlines()[0]
    assert told.startswith("3 files in 2 folders looked at, 3 read, from 2 students. ")
    assert told.endswith(
        " 1 student may be two: files without a common entry were put together; gradebook names them."
    )
    assert (tmp_path / "marks.csv").is_file()
    assert main(["understand", "class", "--out", "page.html"]) == 1
    (tmp_path / "class" / "anna" / "my-work (1).json").unlink()
    assert main(["gradebook", "class", "--out", "marks.csv"]) == 0


def test_names_in_a_zip_without_the_mark_are_read_as_utf_8(tmp_path, make, bank):
    """Where they are UTF-8; else as zip says, code page 437."""
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(("Jörg Ünal", "Анна Линд", "Zoe")):
            entry = zipfile.ZipInfo(f"{name}_{number}1_assignsubmission_file/my-work.json")
            archive.writestr(entry, make.text(make.entry()))
    data = bytearray(path.read_bytes())
    # The mark is bit 11 of a field of two bytes, in each name's head and once more in the list of contents.
    for head, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.find(head)
        while at >= 0:
            data[at + offset] &= ~0x08
            at = data.find(head, at + 4)
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        assert not any(entry.flag_bits & 0x800 for entry in archive.infolist())
    assert sorted(students(path, bank)[0]["name"]) == ["Jörg Ünal", "Zoe", "Анна Линд"]


def test_every_form_says_where_it_was_seen():
    """And an example of it is read as it says; what was not seen is not read."""
    assert {form.platform for form in FORMS} >= {
        *("Moodle", "Canvas", "Brightspace", "Blackboard", "Sakai", "ILIAS", "Microsoft Teams"),
        *("Google Classroom", "Gradescope", "OLAT", "nbgrader"),
    }
    for form in FORMS:
        assert bool(form.pattern) == bool(form.seen) == bool(form.example)
        if form.pattern:
            assert find_submitter(form.example.split("/")) is not None, form.example


NAMES = st.text("abAB éжد-'._12 ", min_size=1, max_size=12).filter(
    lambda name: name.strip(" ._-'") and not name.startswith((".", " ")) and name == name.rstrip(". ")
)


@pytest.mark.parametrize("platform", sorted(PATHS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.tuples(NAMES, NAMES), min_size=2, max_size=6))
def test_no_names_make_two_people_one(platform, names):
    """Whatever they are called: no group of files has more people than one."""
    from course_lib.instructor.submissions.archive import FileLocation
    from course_lib.instructor.submissions.discovery import FoundFile
    from course_lib.instructor.submissions.grouping import group_by_place

    clean = (
        str.maketrans({"_": " ", "/": " "}) if platform.startswith("Moodle") else str.maketrans({"/": " "})
    )
    people = [
        Person(
            first.translate(clean),
            last.translate(clean),
            f"u{number}_{last.replace(' ', '').lower()}",
            4000 + number,
        )
        for number, (first, last) in enumerate(names)
    ]
    if len({PATHS[platform](person, "02", "my-work.json").casefold() for person in people}) < len(people):
        return
    files = []
    for number, person in enumerate(people):
        path = PATHS[platform](person, "02", "my-work-2026-03-02.json")
        files.append(FoundFile(tuple(path.split("/")), FileLocation(path, str(number))))
    places = group_by_place(files)
    for units in (*places.by_name, *places.by_folder):
        for unit in units:
            assert len({location.label for location in unit.files}) == 1, unit
