"""The schema that an editor follows fits the types of question."""

import tomllib

import jsonschema
import msgspec
import pytest

from course_lib import paths
from course_lib.curriculum import course
from course_lib.items.schema import schema


@pytest.mark.parametrize(
    "path",
    [*sorted(paths.ITEMS.glob("*.toml")), paths.CHECKOUT / "tests" / "every_type.toml"],
    ids=lambda path: path.stem,
)
def test_the_schema_accepts_every_good_bank(path):
    """An editor that follows the schema finds nothing in them."""
    given = msgspec.to_builtins(tomllib.loads(path.read_text(encoding="utf-8")))
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(given)) == []


@pytest.mark.parametrize("name", ["unknown-field", "unknown-type", "wrong-kind-of-value", "no-question"])
def test_the_schema_refuses_what_a_schema_can(name):
    """Unknown fields and types, wrong values, and a bank without questions."""
    path = paths.CHECKOUT / "tests" / "bad" / "items" / f"{name}.toml"
    given = msgspec.to_builtins(tomllib.loads(path.read_text(encoding="utf-8")))
    assert not jsonschema.Draft202012Validator(schema()).is_valid(given)


def test_the_committed_schema_is_in_step():
    """What editors read is what the types say."""
    assert course.tidy_schema(check=True) == []
