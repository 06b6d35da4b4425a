"""The map of modules for those who look for the place of something."""

import re

from course_lib import paths
from course_lib.setup import module_map


def test_the_map_is_in_step():
    """What ARCHITECTURE.md lists is what is there, each module with its first line."""
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


def test_the_map_is_a_page_of_its_own_that_tidy_writes(tmp_path, monkeypatch):
    """One that is not there is named and written, and one that is out of step too."""
    page = tmp_path / "ARCHITECTURE.md"
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path)
    for stale in (None, "# Architecture\n\n- old\n"):
        if stale is not None:
            page.write_text(stale, encoding="utf-8")
        assert module_map.tidy_map(check=True) == ["ARCHITECTURE.md"]
        assert (page.read_text(encoding="utf-8") if page.exists() else None) == stale
        assert module_map.tidy_map() == ["ARCHITECTURE.md"]
        text = page.read_text(encoding="utf-8")
        assert text.startswith("# Architecture\n\n")
        assert text.endswith(f"\n\n{module_map.module_map()}\n")
        assert module_map.tidy_map(check=True) == []


def test_the_guide_for_contributors_leads_to_the_map():
    """It says what is in it, and holds no list of its own."""
    text = (paths.CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "[ARCHITECTURE.md](ARCHITECTURE.md)" in text
    assert len(text.splitlines()) < 250
