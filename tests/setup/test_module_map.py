"""The map of modules for those who look for the place of something."""

import re

from course_lib import paths
from course_lib.setup import module_map


def test_the_map_is_in_step():
    """What CONTRIBUTING.md lists is what is there, each module with its first line."""
    assert module_map.tidy_map(check=True) == []


def test_every_module_stands_in_the_map_once():
    """By the name of its file, under its package; each is described by a sentence."""
    lines = module_map.module_map().split("\n")
    listed = sorted(re.match(r" *- (?:\*\*)?`([^`]+)`", line).group(1) for line in lines)
    files = [path for path in paths.PACKAGE.rglob("*.py") if path.parent != paths.PACKAGE / "_course"]
    there = [path.name if path.name != "__init__.py" else f"{path.parent.name}/" for path in files]
    there.remove("course_lib/")
    assert len(listed) > 90
    assert listed == sorted(there)
    assert [line for line in lines if not re.search(r": .{20,}\.$", line)] == []


def test_the_map_is_written_into_its_place_only(tmp_path, monkeypatch):
    """What stands around it stays."""
    (tmp_path / module_map.FILE).write_text(
        f"# Head\n\n{module_map.BEGIN}\n- old\n{module_map.END}\n\ntail\n", encoding="utf-8"
    )
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path)
    assert module_map.tidy_map(check=True) == ["CONTRIBUTING.md"]
    assert module_map.tidy_map() == ["CONTRIBUTING.md"]
    text = (tmp_path / module_map.FILE).read_text(encoding="utf-8")
    assert text.startswith(f"# Head\n\n{module_map.BEGIN}\n- `errors.py`: Every error")
    assert text.endswith(f"{module_map.END}\n\ntail\n")
    assert "- old" not in text
