"""Hand-ins are read from wherever they are, and whatever is wrong with one is told in a sentence."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from course_lib import items, paths
from course_lib.errors import ProgressError
from course_lib.instructor.gradebook import batches, gradebook, grading
from course_lib.instructor.submissions import archive, events, pseudonyms, reading
from course_lib.instructor.submissions.archive import FileLocation
from course_lib.student.events import LONGEST_FILE
from course_lib.student.progress import Progress

BAD = paths.CHECKOUT / "tests" / "bad" / "submissions"
EXPECTED = tomllib.loads((BAD / "expected.toml").read_text(encoding="utf-8"))


def grade_folder(folder, bank, **more):
    """The gradebook of a folder, and its report."""
    handed = reading.read_submissions(folder, salt=b"salt", **more)
    return gradebook.build_gradebook(handed, [bank]), handed.report


def remark_lines(report):
    """The remarks of a report, each with its kind."""
    return [f"{one.kind}: {one.text}" for one in report.remarks]


def student_names(folder):
    """What students are called."""
    return sorted(student.name for student in reading.read_submissions(folder).students)


def test_every_bad_file_is_expected():
    """A file without an expectation fails here."""
    assert set(EXPECTED) == {path.name for path in BAD.glob("*.json")}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_told_word_for_word_and_the_rest_goes_on(name, bad, bank, make):
    """What can be used is marked, and the file beside it always is."""
    folder = bad(name)
    make.file(folder / "zz-good neighbour.json")
    book, report = grade_folder(folder, bank)
    ours = book.scores[book.scores["student"] != pseudonyms.pseudonym("zz-good neighbour", b"salt")]
    found = [f"{row.item} {row.first:g} {row.last:g} {row.state} {row.attempts}" for row in ours.itertuples()]
    assert {"read": report.read - 1, "remarks": remark_lines(report), "scores": found} == EXPECTED[name]
    assert len(book.scores) - len(ours) == 1


def test_what_a_real_student_downloads_is_read(tmp_path, bank, versions):
    """The file that the course writes gives back every entry."""
    progress = Progress(tmp_path / "progress.sqlite")
    progress.record("01-one", versions["01-one"], "draft", 1)
    progress.record("01-one", versions["01-one"], "answer", 1, 0.0, "not_yet", 2)
    progress.record("01-one", versions["01-one"], "answer", 0, 1.0, "right", 1)
    progress.record("01-text", versions["01-text"], "answer", "half a sign \ud800 and more", None, "kept")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "my-work-2026-03-02.json").write_text(progress.export(), encoding="utf-8")
    book, report = grade_folder(tmp_path / "class", bank)
    assert remark_lines(report) == []
    assert book.scores[["item", "first", "last", "attempts", "answer_first", "answer_last", "sure"]].fillna(
        -1
    ).to_numpy().tolist() == [
        ["01-one", 0.0, 1.0, 2, "1", "0", 2],
        ["01-text", -1, -1, 1, "6 words", "6 words", -1],
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["anna.json", "ben.json"], ["anna", "ben"]),
        (["Anna/my-work-2026-03-02.json", "Ben/my-work-2026-03-02.json"], ["Anna", "Ben"]),
        (["anna-my-work-2026-03-02.json", "ben my-work-2026-03-02 (1).json"], ["anna", "ben"]),
        (["submitted/anna/ps1/my-work.json", "submitted/ben/ps1/my-work.json"], ["anna", "ben"]),
        (["my-work-2026-03-02.json", "my-work-2026-03-02 (1).json"], None),
        (["anna/answers.json", "ben/answers.json"], ["anna/answers", "ben/answers"]),
        (
            [
                "Anna Lind_12_assignsubmission_file_/my-work-2026-03-02.json",
                "Ben Öz_13_assignsubmission_file_/x.json",
            ],
            ["Anna Lind", "Ben Öz"],
        ),
        (["Anna Lind_12_assignsubmission_file_my-work-2026-03-02.json"], ["Anna Lind"]),
        (
            [
                "Anna Lind_12_assignsubmission_file_/my-work.json",
                "Anna Lind_13_assignsubmission_file_/my-work.json",
            ],
            ["Anna Lind 12", "Anna Lind 13"],
        ),
        (["lindanna_12_345_my-work.json", "ozben_LATE_13_346_my-work.json"], ["lindanna", "ozben"]),
        (
            ["Week 1_alind_attempt_2026-03-02-10-00-00_my-work.json"],
            ["alind"],
        ),
        (
            [
                "397063-2557369 - Mary-Ann Smith - Mar 2, 2026 926 PM/my-work-2026-03-02.json",
                "397063-2557369 - Ben Öz - Mar 2, 2026 1012 AM - my-work-2026-03-02.json",
            ],
            ["Ben Öz", "Mary-Ann Smith"],
        ),
        (
            [
                "397063-2557369 - Ben Öz - Mar 2, 2026 926 PM/my-work.json",
                "397063-2557369 - Ben Öz - Mar 9, 2026 1012 AM/my-work.json",
            ],
            ["Ben Öz Mar 2, 2026 926 PM", "Ben Öz Mar 9, 2026 1012 AM"],
        ),
    ],
)
def test_students_are_told_apart_by_their_names(tmp_path, make, files, expected):
    """Folders, files and the downloads of Moodle, Canvas, Blackboard and Brightspace are understood."""
    for file in files:
        make.file(tmp_path / "class" / file)
    expected = expected or sorted(file.removesuffix(".json") for file in files)
    assert student_names(tmp_path / "class") == expected


def test_a_zip_is_a_folder(tmp_path, make):
    """What Moodle gives is read as it comes, and a student may have packed their file."""
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        for name in ("Anna_12_assignsubmission_file_/my-work.json", "Ben_13_assignsubmission_file_/x.json"):
            archive.writestr(name, make.text(make.entry()))
        archive.writestr("__MACOSX/._x.json", "nothing")
    assert student_names(tmp_path / "moodle.zip") == ["Anna", "Ben"]
    (tmp_path / "class").mkdir()
    with zipfile.ZipFile(tmp_path / "class" / "cleo.zip", "w") as archive:
        archive.writestr("my-work-2026-03-02.json", make.text(make.entry()))
    (tmp_path / "moodle.zip").rename(tmp_path / "class" / "moodle.zip")
    assert student_names(tmp_path / "class") == ["Anna", "Ben", "cleo"]


def test_two_files_of_one_student_are_put_together(tmp_path, make, bank):
    """Each entry counts once, the newest answer is the last."""
    first, later = make.entry(answer=1, score=0.0, state="not_yet"), make.entry(attempt=2)
    folder = tmp_path / "class" / "Anna_1_assignsubmission_file_"
    make.file(folder / "my-work-2026-03-09.json", first, later)
    make.file(folder / "my-work-2026-03-02.json", first)
    book, report = grade_folder(tmp_path / "class", bank)
    assert book.scores[["first", "last", "attempts"]].to_numpy().tolist() == [[0, 1, 2]]
    assert remark_lines(report) == ["several: 2 files; they share entries, as files of one student do."]


def test_two_files_that_share_nothing_are_told(tmp_path, make, bank):
    """They may be of two students, so that whoever starts the command hears of it."""
    folder = tmp_path / "class" / "week 1"
    make.file(folder / "my-work-2026-03-02.json")
    make.file(folder / "my-work-2026-03-02 (1).json")
    _, report = grade_folder(tmp_path / "class", bank)
    assert remark_lines(report) == [
        "doubtful: 2 files in one place; they have no entry in common. If they are of different students, "
        "give each a folder or a name of its own."
    ]
    assert report.summary() == (
        "2 files in 1 folder looked at, 2 read, from 1 student. 1 remark. 1 student may be two: files "
        "without a common entry were put together; gradebook names them."
    )
    assert report.is_doubtful


def test_what_holds_for_many_students_is_one_remark(tmp_path, make, bank):
    """A lesson that was taken out, and files of two weeks; what is one student's own is told as before."""
    for number in range(8):
        folder = tmp_path / "class" / f"Student {number}_{number}_assignsubmission_file_"
        events = [make.entry(), make.entry("77-here"), make.entry("77-there"), make.entry(f"{88 + number}-x")]
        make.file(folder / "my-work-2026-03-02.json", *events[:1])
        make.file(folder / "my-work-2026-03-09.json", *events)
    book, report = grade_folder(tmp_path / "class", bank)
    found = [(one.about, one.text) for one in report.remarks]
    assert ("8 students", "several files each; they share entries, as files of one student do.") in found
    assert ("8 students", "entries for questions that begin with 77-.") in found
    assert [found for one in report.remarks if one.text == "1 entry for 91-x."]
    assert len(found) == 2 + 8
    assert book.students["remarks"].tolist() == [1] * 8


def test_a_copy_is_told_with_both_names(tmp_path, make, bank):
    """Entries that were made once stand in two hand-ins."""
    events = [make.entry(), make.entry("01-number", "12")]
    make.file(tmp_path / "class" / "anna.json", *events)
    make.file(tmp_path / "class" / "ben.json", *events, make.entry("01-word", "claim"))
    _, report = grade_folder(tmp_path / "class", bank)
    assert sorted((one.about, one.text) for one in report.remarks) == [
        ("anna", "2 of 2 entries compared are the same as in the hand-in of ben."),
        ("ben", "2 of 2 entries compared are the same as in the hand-in of anna."),
    ]


def test_odd_things_in_a_folder_are_told(tmp_path, make, bank):
    """Links are not followed, pipes not waited for, other files named; what systems leave behind is not."""
    folder = tmp_path / "class"
    make.file(folder / "anna.json")
    make.file(tmp_path / "elsewhere.json")
    (folder / "link.json").symlink_to(tmp_path / "elsewhere.json")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    for name in ("essay.docx", "all.tar.gz", ".DS_Store", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    _, report = grade_folder(folder, bank)
    assert [(one.about, one.text) for one in report.remarks] == [
        ("all.tar.gz", "is an archive of a kind that is not read (.gz); unpack it, or make it a zip."),
        ("essay.docx", "ends in .docx; a hand-in ends in .json."),
        ("link.json", "is a link to another place; it was not followed."),
        ("pipe.json", "is no ordinary file."),
        ("round", "is a link to another place; it was not followed."),
    ]
    assert report.summary() == "6 files in 1 folder looked at, 1 read, from 1 student. 5 remarks."


def test_folders_that_are_nested_without_end_are_told(tmp_path, make, bank, monkeypatch):
    """A thousand and more would end the reading."""
    make.file(tmp_path / "class" / "anna.json")
    monkeypatch.chdir(tmp_path / "class")
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    monkeypatch.chdir(tmp_path)
    book, report = grade_folder(tmp_path / "class", bank)
    assert remark_lines(report) == [
        "unread: is a folder under 50 others; it was not looked into. Move it up."
    ]
    assert list(book.students["name"]) == ["anna"]
    # Whatever takes folders away again may stop at a thousand too.
    subprocess.run(["rm", "-rf", str(tmp_path / "class")], check=True)


@pytest.mark.skipif(
    getattr(os, "geteuid", int)() == 0, reason="nothing is unreadable to an administrator; run as a user"
)
def test_a_file_that_may_not_be_read_is_told(tmp_path, make, bank):
    """The rest goes on."""
    make.file(tmp_path / "class" / "anna.json").chmod(0)
    make.file(tmp_path / "class" / "ben.json")
    _, report = grade_folder(tmp_path / "class", bank)
    assert remark_lines(report) == ["unread: cannot be read (Permission denied)."]


def test_a_file_that_goes_away_is_told(tmp_path, make, bank):
    """Between the listing and the reading a file may be moved."""
    gone = make.file(tmp_path / "class" / "anna.json")
    make.file(tmp_path / "class" / "ben.json")
    handed = reading.read_submissions(tmp_path / "class")
    gone.unlink()
    gradebook.build_gradebook(handed, [bank])
    assert remark_lines(handed.report) == ["unread: cannot be read (No such file or directory)."]


def test_tricks_in_an_archive_are_told_and_do_nothing(tmp_path, make, bank, monkeypatch):
    """No name leads out, nothing is unpacked, a bomb is not lit."""
    monkeypatch.chdir(tmp_path)
    good = make.text(make.entry())
    with zipfile.ZipFile("class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../out.json", "/etc/out.json", "C:\\out.json", "a/../../out.json", "..\\out.json"):
            archive.writestr(name, good)
        archive.writestr("inner.zip", b"PK")
        link = zipfile.ZipInfo("link.json")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb.json", b" " * 30_000_000)
        archive.writestr("anna.json", good)
    book, report = grade_folder(tmp_path / "class.zip", bank)
    out = "unread: has a name that leads out of its folder; it was not read."
    assert remark_lines(report) == [
        *[out] * 5,
        "unread: is an archive inside an archive; unpack the outer one and read its folder.",
        "unread: is a link to another place; it was not followed.",
        "unread: is packed far smaller than any hand-in can be; it was not read.",
    ]
    assert list(book.students["name"]) == ["anna"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip"]


def test_an_archive_that_lies_or_is_locked_is_told(tmp_path, make, bank):
    """A wrong length, a password, bytes that are no archive, a damaged part."""
    folder = tmp_path / "class"
    make.file(folder / "good.json")
    (folder / "no-archive.zip").write_bytes(b"PK\x03\x04 but no more")
    packed = folder / "x.zip"

    def write_damaged(name, change):
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("my-work.json", make.text(make.entry()) + " " * 5000)
        data = bytearray(packed.read_bytes())
        packed.unlink()
        change(data, data.index(b"PK\x01\x02"))
        (folder / name).write_bytes(data)

    def locked(data, at):
        data[at + 8] |= 1

    def shorter(data, at):
        data[at + 24 : at + 28] = (10).to_bytes(4, "little")

    def broken(data, _at):
        data[60:70] = b"\xff" * 10

    def unknown(data, at):
        data[at + 10 : at + 12] = data[8:10] = (97).to_bytes(2, "little")

    for change in (locked, shorter, broken, unknown):
        write_damaged(f"{change.__name__}.zip", change)
    book, report = grade_folder(folder, bank)
    found = {one.about.split("/")[0]: one.text for one in report.remarks}
    assert found["no-archive.zip"] == "is no zip archive that can be opened (File is not a zip file)."
    assert found["locked.zip"] == ("is locked with a password; unpack the archive and hand in what is in it.")
    assert found["unknown.zip"].startswith("cannot be read (")
    assert found["broken.zip"].startswith("cannot be read (")
    assert found["shorter.zip"].startswith(("cannot be read (", "is cut short"))
    assert "good" in set(book.students["name"])


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_damaged_in_another_packing_is_told(tmp_path, make, bank, packing):
    """Every way to pack has errors of its own; none of them ends the reading."""
    make.file(tmp_path / "class" / "anna.json")
    with zipfile.ZipFile(tmp_path / "class" / "ben.zip", "w", packing) as archive:
        archive.writestr("my-work.json", make.text(make.entry()))
    data = bytearray((tmp_path / "class" / "ben.zip").read_bytes())
    data[60:90] = b"\xff" * 30
    (tmp_path / "class" / "ben.zip").write_bytes(data)
    book, report = grade_folder(tmp_path / "class", bank)
    (told_,) = remark_lines(report)
    assert told_.startswith("unread: cannot be read (")
    assert list(book.students["name"]) == ["anna"]


def test_names_in_an_archive_that_are_damaged_are_told(tmp_path, make, bank):
    """A name that is no text, one that is empty, and a list of contents that says so of another file."""
    folder = tmp_path / "class"
    make.file(folder / "anna.json")

    def write_damaged(name, change):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("b\u00e9n.json", make.text(make.entry()))
        data = bytearray((folder / name).read_bytes())
        change(data, data.index(b"PK\x01\x02"))
        (folder / name).write_bytes(data)

    def other(data, _listed):
        data[30:32] = b"\xbf\xbf"

    def empty(data, listed):
        data[listed + 46] = 0

    for change in (other, empty):
        write_damaged(f"{change.__name__}.zip", change)
    book, report = grade_folder(folder, bank)
    found = {one.about.split("/")[0]: one.text for one in report.remarks}
    assert found["other.zip"].startswith("cannot be read (")
    assert found["empty.zip"] == "holds a file without a name; that one was not read."
    assert list(book.students["name"]) == ["anna"]


def test_a_dot_for_the_folder_itself_hides_nothing(tmp_path, make):
    """Some programs begin every name in an archive with it."""
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("./Anna/my-work.json", make.text(make.entry()))
        archive.writestr("./Ben/my-work.json", make.text(make.entry()))
        archive.writestr("./.hidden.json", "")
    assert student_names(tmp_path / "class.zip") == ["Anna", "Ben"]


def test_a_file_of_a_gigabyte_is_not_read(tmp_path, make, bank):
    """Its size is told without opening it."""
    make.file(tmp_path / "class" / "anna.json")
    with open(tmp_path / "class" / "big.json", "wb") as file:
        file.truncate(1_000_000_000)
    _, report = grade_folder(tmp_path / "class", bank)
    assert remark_lines(report) == ["unread: has 1,000 MB; a hand-in has at most 50. It was not read."]


def test_a_file_that_grows_is_never_read_whole(tmp_path):
    """What it has beyond the most that a hand-in has stays on the disk."""
    with open(tmp_path / "big.json", "wb") as file:
        file.truncate(LONGEST_FILE + 10)
    with pytest.raises(archive.UnreadError) as caught:
        archive.read_content(FileLocation(str(tmp_path / "big.json"), "big.json"))
    assert str(caught.value) == "has more than 50 MB; a hand-in has at most 50. It was not read."


def test_a_student_with_a_million_entries_is_told(tmp_path, make, bank, monkeypatch):
    """As one file it is too long to be a hand-in; in many files the first ones are read."""
    folder = tmp_path / "class"
    make.file(folder / "ben.json")
    entry = json.dumps(make.entry(), indent=1).encode()
    (folder / "anna").mkdir()
    with open(folder / "anna" / "my-work.json", "wb") as file:
        file.write(b'{"format": "reading-with-evidence work", "form": 1, "events": [')
        file.write(b",".join([entry] * 1_000))
        for _ in range(999):
            file.write(b"," + b",".join([entry] * 1_000))
        file.write(b"]}")
    _, report = grade_folder(folder, bank)
    (remark,) = report.remarks
    assert remark.text.endswith(" MB; a hand-in has at most 50. It was not read.")
    (folder / "anna" / "my-work.json").unlink()
    monkeypatch.setattr(reading, "MOST_EVENTS", 2)
    for number in range(3):
        make.file(folder / "anna" / f"my-work-{number}.json", *(make.entry() for _ in range(3)))
    _, report = grade_folder(folder, bank)
    expected = "unread: was not read: those before it have 3 entries, more than a student makes."
    assert expected in remark_lines(report)


def test_an_answer_that_fills_memory_is_not_built(tmp_path, make, bank):
    """Ten million empty lists would take a gigabyte."""
    make.file(tmp_path / "class" / "anna.json")
    entry = make.entry(answer="HERE")
    text = make.text(entry).replace('"HERE"', "[" + "[]," * 2_000_000 + "[]]")
    (tmp_path / "class" / "big.json").write_text(text, encoding="utf-8")
    deep = make.text(entry).replace('"HERE"', "[" * 200_000 + "]" * 200_000)
    (tmp_path / "class" / "deep.json").write_text(deep, encoding="utf-8")
    (tmp_path / "class" / "flat.json").write_text(
        make.text().replace("[]", "[" + "[]," * 2_000_000 + "[]]"), encoding="utf-8"
    )
    _, report = grade_folder(tmp_path / "class", bank)
    found = {one.about: one.text for one in report.remarks}
    assert found["big.json"] == "has an answer of 6,000,004 bytes, longer than any can be."
    assert found["deep.json"] == "is nested too deeply to be a hand-in."
    assert found["flat.json"].startswith("is damaged (Expected `object`, got `array`")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_names_of_every_kind_are_borne(tmp_path, make, bank):
    """Bytes that are no text, line feeds, signs that turn words: what is shown is one plain line."""
    folder = tmp_path / "class"
    for name in (b"caf\xe9.json", b"two\nlines.json", "turn\u202eed.json".encode(), b"=1+1.json", b"-.json"):
        make.file(folder / os.fsdecode(name))
    book, report = grade_folder(folder, bank)
    assert remark_lines(report) == []
    assert sorted(book.students["name"]) == ["-", "=1+1", "caf\ufffd", "turn ed", "two lines"]
    assert sorted(book.table("file")["student"]) == ["'-", "'=1+1", "caf\ufffd", "turn ed", "two lines"]


def test_names_that_look_the_same_are_kept_apart(tmp_path, make, bank):
    """Two files whose names differ by a sign that cannot be seen are two students."""
    for name in ("anna.json", "an\u200bna.json"):
        make.file(tmp_path / "class" / name)
    book, _ = grade_folder(tmp_path / "class", bank)
    assert len(set(book.students["student"])) == 2


def test_a_folder_without_files_is_told(tmp_path):
    """And so is one that is not there."""
    (tmp_path / "class").mkdir()
    with pytest.raises(ProgressError) as caught:
        reading.read_submissions(tmp_path / "class")
    assert str(caught.value) == (
        f"There is no file in {tmp_path / 'class'}. Give the folder, or the zip from your learning platform, "
        "with the files that students handed in."
    )
    with pytest.raises(ProgressError) as caught:
        reading.read_submissions(tmp_path / "gone")
    assert str(caught.value) == f"There is no file or folder {tmp_path / 'gone'}. Check its name."
    with pytest.raises(ProgressError) as caught:
        reading.read_submissions([""])
    assert str(caught.value) == (
        "A folder was given without a name. Give the folder, or the zip from your learning platform; the "
        "folder you are in is '.'."
    )


def test_students_come_in_an_order_that_tells_nothing(tmp_path, make):
    """The order is that of pseudonyms, and another salt gives another order."""
    for number in range(30):
        make.file(tmp_path / "class" / f"student {number:02d}.json")
    orders = [
        [student.name for student in reading.read_submissions(tmp_path / "class", salt=salt).students]
        for salt in (b"one", b"one", b"two")
    ]
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != sorted(orders[0])


def test_the_way_so_far_is_told(tmp_path, make):
    """Every file counts once, read or not."""
    for name in ("anna", "ben", "cleo"):
        make.file(tmp_path / "class" / f"{name}.json")
    (tmp_path / "class" / "ben.json").write_text("", encoding="utf-8")
    steps = []
    handed = reading.read_submissions(tmp_path / "class", steps.append)
    assert handed.total == 3
    assert len(list(handed.students)) == 2
    assert steps == [1, 1, 1]


@given(some.binary(max_size=400))
def test_no_bytes_bring_the_reading_down(data):
    """Whatever stands in a file, there is a sentence for it."""
    with pytest.raises(archive.UnreadError) as caught:
        archive.parse_submission(data)
    assert str(caught.value).endswith(".")


MARKER = grading.Grader(
    [items.load((paths.CHECKOUT / "tests/instructor/small.toml").read_text("utf-8"), "small.toml")]
)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ["uid", "at", "item", "version", "kind", "answer", "score", "state", "attempt", "sure"]


@given(some.dictionaries(some.sampled_from(FIELDS), JSON, max_size=4))
def test_no_entry_brings_the_marking_down(change):
    """An entry with anything in any field is used or left out."""
    entry = {
        "uid": "aa",
        "at": "2026-03-02T09:00:00+00:00",
        "item": "01-one",
        "version": "x",
        "kind": "answer",
        "answer": 0,
        "score": 1.0,
        "state": "right",
        "attempt": 1,
        "sure": 1,
    }
    text = json.dumps({"format": "reading-with-evidence work", "form": 1, "events": [entry | change]})
    found, problem = archive.parse_submission(text.encode())
    assert len(found) == (not problem)
    student = reading.Student("a", "b", *events.order_events(found, str))
    batch = batches.GradedBatch()
    MARKER.add(student, batch)
    assert len(batch.columns.item) <= 1
