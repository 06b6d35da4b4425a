"""Where the course looks for things."""

from course_lib import paths


def test_a_checkout_uses_its_own_lessons_and_data():
    """In a checkout the lessons and tables are those of the checkout."""
    assert paths.CHECKOUT is not None
    assert paths.LESSONS == paths.CHECKOUT / "lessons"
    assert paths.DATA == paths.CHECKOUT / "data"


def test_answers_go_to_the_folder_the_student_works_in(tmp_path, monkeypatch):
    """Without a setting, the nearest folder above with the course home is the student's."""
    monkeypatch.delenv("COURSE_HOME")
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    (lessons / "index.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(lessons)
    assert paths.work() == tmp_path / "my_work"


def test_a_setting_overrides_the_folder(tmp_path, monkeypatch):
    """COURSE_HOME decides where it is set."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "elsewhere"))
    assert paths.work() == tmp_path / "elsewhere" / "my_work"


def test_elsewhere_a_checkout_keeps_the_answers_itself(tmp_path, monkeypatch):
    """Outside any student's folder, answers go to the checkout."""
    monkeypatch.delenv("COURSE_HOME")
    monkeypatch.chdir(tmp_path)
    assert paths.home() == paths.CHECKOUT


def test_content_beside_the_notebooks_counts_before_the_packages_own(tmp_path):
    """An installed library takes lessons and data from the folder it is used in, if banks are there."""
    inside = tmp_path / "course" / "lessons"
    (inside / "items").mkdir(parents=True)
    assert paths.content_root(inside) == paths.PACKAGE / "_course"
    (tmp_path / "course" / "data").mkdir()
    (tmp_path / "course" / "data" / "datapackage.json").write_text("{}", encoding="utf-8")
    assert paths.content_root(inside) == tmp_path / "course"
    # Notebooks that were copied for a student come without banks.
    (inside / "items").rmdir()
    assert paths.content_root(inside) == paths.PACKAGE / "_course"
