"""What an editor shows beside a name is whole, and names say what a thing is or does."""

import ast
import inspect
import re
from collections import Counter
from typing import NamedTuple

import pytest

from course_lib import paths

MODULES = sorted(path for path in paths.PACKAGE.rglob("*.py") if "_course" not in path.parts)
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
SECTION = re.compile(r"(?m)^(\w[\w ]*)\n-{3,}$")
# Words that end like a participle and are none.
NO_PARTICIPLES = {"embed", "exceed", "feed", "need", "seed", "speed"}
PARTICIPLES = {
    "begun",
    "chosen",
    "drawn",
    "found",
    "given",
    "gone",
    "held",
    "kept",
    "left",
    "lost",
    "made",
    "meant",
    "met",
    "said",
    "seen",
    "sent",
    "shown",
    "spoken",
    "taken",
    "told",
    "understood",
    "written",
}


class Public(NamedTuple):
    """A function, method or class that is meant to be used: where it is, its node, and what it takes."""

    place: str
    node: ast.AST
    parameters: list[str]
    returns: bool


def _takes(node):
    """The names of what a function takes, as its docstring writes them."""
    every = node.args
    names = [one.arg for one in (*every.posonlyargs, *every.args, *every.kwonlyargs)]
    names += [f"*{every.vararg.arg}"] if every.vararg else []
    names += [f"**{every.kwarg.arg}"] if every.kwarg else []
    return [name for name in names if name not in ("self", "cls") and not name.startswith("_")]


def _gives(node):
    """Whether a function returns or yields a value."""
    return node.returns is not None and ast.unparse(node.returns) not in ("None", "NoReturn", "Never")


def _decorators(node):
    return {ast.unparse(one).rpartition(".")[2] for one in node.decorator_list}


def _functions(body, place):
    for node in body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if _decorators(node) & {"property", "cached_property", "overload", "override", "setter"}:
            continue
        yield Public(f"{place}{node.name}", node, _takes(node), _gives(node))


def _described(node):
    """The names under Parameters."""
    lines = re.findall(r"(?m)^(\S.*?) : \S", _sections(node).get("Parameters", ""))
    return {name.strip() for line in lines for name in line.split(",")}


def _fields(node, tree):
    """The annotated fields of a class and of those in the same module that it is made from."""
    bases = {ast.unparse(base) for base in node.bases}
    above = [other for other in tree.body if isinstance(other, ast.ClassDef) and other.name in bases]
    own = {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)}
    return own.union(*(_fields(other, tree) for other in above))


def _sections(node):
    """The sections of a docstring by name."""
    parts = SECTION.split(inspect.cleandoc(ast.get_docstring(node) or ""))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _public():
    for path, tree in TREES.items():
        place = path.relative_to(paths.PACKAGE).with_suffix("").as_posix().replace("/", ".") + "."
        yield from _functions(tree.body, place)
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                inits = [
                    part
                    for part in node.body
                    if isinstance(part, ast.FunctionDef) and part.name == "__init__"
                ]
                # What a dataclass takes stands in its fields, and under Parameters or under Attributes.
                taken = _takes(inits[0]) if inits else sorted(_described(node) & _fields(node, tree))
                yield Public(f"{place}{node.name}", node, taken, False)
                yield from _functions(node.body, f"{place}{node.name}.")


PUBLIC = list(_public())


def test_every_public_docstring_names_all_parameters():
    """Under Parameters, each once, with its type."""
    assert len(PUBLIC) > 300
    wrong = {}
    for one in PUBLIC:
        if odd := _described(one.node) ^ set(one.parameters):
            wrong[one.place] = sorted(odd)
    assert wrong == {}


def test_every_public_function_says_what_it_returns():
    """Under Returns or Yields."""
    silent = [
        one.place for one in PUBLIC if one.returns and not {"Returns", "Yields"} & _sections(one.node).keys()
    ]
    assert silent == []


def test_no_function_is_called_by_a_bare_participle():
    """A verb for what it does, or a noun for what it returns; private ones too."""
    bare = [
        f"{path.relative_to(paths.PACKAGE)}: {node.name}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for word in [node.name.strip("_")]
        if word in PARTICIPLES or (re.fullmatch(r"[a-z]+ed", word) and word not in NO_PARTICIPLES)
    ]
    properties = {"answered", "graded", "shuffled", "dated"}
    assert [name for name in bare if name.rpartition(" ")[2] not in properties] == []


def test_nothing_is_called_one():
    """A variable has a name that says what it is."""
    named = [
        f"{path.relative_to(paths.PACKAGE)}, line {node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "one" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == "one")
    ]
    assert named == []


def test_no_two_classes_share_a_name():
    """One word for one thing, in public and in private."""
    names = Counter(
        node.name.lstrip("_")
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert len(names) > 80
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(paths.PACKAGE).as_posix())
def test_a_module_has_one_subject(path):
    """At most 300 lines that are neither blank nor comment nor docstring."""
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = {
        line
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    code = [
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.strip().startswith("#") and number not in texts
    ]
    assert len(code) <= 300
