"""Brings Python files that use the library's old names up to the new ones, by the table in names.toml.

    uv run --with libcst tests/renames/codemod.py FILE ...

Only names that resolve to the library are touched: a variable of the same name stays. What a string holds,
and methods of objects, are left to the reader; tests/test_renames.py finds them.
"""

import sys
import tomllib
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, QualifiedNameProvider

TABLE = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
MODULES = {f"course_lib.{old}": f"course_lib.{new}" for old, new in TABLE["modules"].items()}
NAMES = {
    f"course_lib.{module}.{old}": new
    for module, names in TABLE["names"].items()
    for old, new in names.items()
}


def dotted(node):
    """The text of a dotted name."""
    return f"{dotted(node.value)}.{node.attr.value}" if isinstance(node, cst.Attribute) else node.value


def node_of(name):
    """The node of a dotted name."""
    first, *rest = name.split(".")
    node = cst.Name(first)
    for part in rest:
        node = cst.Attribute(node, cst.Name(part))
    return node


def renamed(full):
    """The last part of what an old full name is called now, or None where it stays."""
    return NAMES.get(full) or (MODULES[full].rpartition(".")[2] if full in MODULES else None)


class Rename(cst.CSTTransformer):
    """Rewrites imports, and the names that they bind."""

    METADATA_DEPENDENCIES = (QualifiedNameProvider, ParentNodeProvider)

    def _new(self, node, own):
        """What a node is called now, if it is one of ours and called by its own name here."""
        for name in self.get_metadata(QualifiedNameProvider, node, set()):
            if name.name.rpartition(".")[2] == own and (new := renamed(name.name)):
                return new
        return None

    def leave_Name(self, original_node, updated_node):
        """Rename a name that an import binds."""
        parent = self.get_metadata(ParentNodeProvider, original_node)
        bound = isinstance(parent, cst.ImportAlias | cst.AsName | cst.ImportFrom)
        if bound or (isinstance(parent, cst.Attribute) and parent.attr is original_node):
            return updated_node
        new = self._new(original_node, updated_node.value)
        return updated_node.with_changes(value=new) if new else updated_node

    def leave_Attribute(self, original_node, updated_node):
        """Rename what is reached through a module."""
        new = self._new(original_node, updated_node.attr.value)
        return updated_node.with_changes(attr=cst.Name(new)) if new else updated_node

    def leave_SimpleStatementLine(self, original_node, updated_node):
        """Split an import by the new modules of what it brings."""
        lines = []
        for statement in updated_node.body:
            if not isinstance(statement, cst.ImportFrom) or statement.module is None:
                return updated_node
            base, groups = dotted(statement.module), {}
            for alias in statement.names:
                full = f"{base}.{alias.name.value}"
                module, name = MODULES.get(base, base), renamed(full) or alias.name.value
                if full in MODULES:
                    module, _, name = MODULES[full].rpartition(".")
                new = alias.with_changes(name=cst.Name(name), comma=cst.MaybeSentinel.DEFAULT)
                groups.setdefault(module, []).append(new)
            lines += [cst.ImportFrom(module=node_of(module), names=names) for module, names in groups.items()]
        return cst.FlattenSentinel([updated_node.with_changes(body=[line]) for line in lines])


def main():
    """Rewrite the files that are named."""
    for name in sys.argv[1:]:
        path = Path(name)
        tree = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
        path.write_text(tree.visit(Rename()).code, encoding="utf-8")


if __name__ == "__main__":
    main()
