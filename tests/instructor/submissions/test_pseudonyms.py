"""What students are called: a salt that is made once, pseudonyms that differ, a list of names."""

import pytest

from course_lib.errors import ProgressError
from course_lib.instructor.submissions import pseudonyms


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "names.csv holds no name."),
        (b"anna\n", "names.csv, line 1: has no two names. Write the name that the student's file has, a "
         "comma, and the name to show."),
        (b"a,A\nb,B\n A ,C\n", "names.csv, line 3: A stood there before. Name each once."),
        ("é,A".encode("latin-1"), "names.csv is not in UTF-8. Save it as “CSV UTF-8”, then try again."),
        (None, "The list of names names.csv cannot be read (No such file or directory)."),
    ],
)  # fmt: skip
def test_a_bad_list_of_names_is_told(tmp_path, data, expected):
    """With its line, and what to do."""
    if data is not None:
        (tmp_path / "names.csv").write_bytes(data)
    with pytest.raises(ProgressError) as caught:
        pseudonyms.read_name_list(tmp_path / "names.csv")
    assert str(caught.value) == expected


def test_the_salt_is_made_once_and_for_its_owner_only(tmp_path):
    """It is drawn, kept when it is asked for, and then read; what is no salt is refused."""
    path = tmp_path / "my_work" / "class-salt.txt"
    salt = pseudonyms.class_salt(path)
    assert len(salt) == 32
    assert not path.parent.exists()
    pseudonyms.keep_salt(salt, path)
    pseudonyms.keep_salt(salt, path)
    assert pseudonyms.class_salt(path) == salt != pseudonyms.class_salt(tmp_path / "other")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    path.write_text("hello\n", encoding="utf-8")
    with pytest.raises(ProgressError) as caught:
        pseudonyms.class_salt(path)
    assert str(caught.value) == (
        f"{path} is no salt for pseudonyms: 64 of the signs 0-9 and a-f. Name another file with --salt; one "
        "that does not exist yet is made."
    )
    with pytest.raises(ProgressError) as caught:
        pseudonyms.class_salt(tmp_path)
    assert str(caught.value) == (
        f"The salt for pseudonyms, {tmp_path}, cannot be read or made (Is a directory). Name another file "
        "with --salt."
    )


def test_a_salt_that_another_program_made_is_not_replaced(tmp_path):
    """Whoever comes second is told, since its pseudonyms would be others."""
    path = tmp_path / "class-salt.txt"
    first, second = pseudonyms.class_salt(path), pseudonyms.class_salt(path)
    pseudonyms.keep_salt(first, path)
    with pytest.raises(ProgressError) as caught:
        pseudonyms.keep_salt(second, path)
    assert str(caught.value) == (
        f"{path} was made by another program in the meantime. Run the command again; it will use that salt."
    )
    assert pseudonyms.class_salt(path) == first


def test_pseudonyms_of_a_large_class_differ():
    """A hundred thousand students, no two alike."""
    assert len({pseudonyms.pseudonym(f"Student {number}", b"salt") for number in range(100_000)}) == 100_000
