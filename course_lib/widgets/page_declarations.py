"""What the scripts of a page have from the structs that Python sends: their types, and an empty entry."""

import inspect
import json
from typing import cast

import msgspec
from markupsafe import Markup

from course_lib import paths
from course_lib.generated import keep_in_step
from course_lib.items import answer_types
from course_lib.widgets import page_types

FOLDER = "course_lib/widgets/page"
_HEAD = """\
// Written by `course tidy` from course_lib/widgets/page_types.py: what Python and a page send each other.
// Change it there, then run tidy.
"""


def declarations() -> str:
    """Return the text of the file of declarations: an interface for each struct, a type for each union.

    Returns
    -------
    str
        TypeScript.
    """
    structs = [
        struct
        for name, struct in vars(page_types).items()
        if inspect.isclass(struct) and issubclass(struct, msgspec.Struct) and not name.startswith("_")
        if struct.__module__ == page_types.__name__
    ]
    blocks = [_HEAD]
    blocks += [
        f"export type {name} = {_spell_out(msgspec.inspect.type_info(union))};\n"
        for name, union in page_types.UNIONS.items()
    ]
    answers = "".join(
        f"  {name}: {_name(msgspec.inspect.type_info(answer))};\n" for name, answer in answer_types().items()
    )
    blocks.append(
        f"/** What an answer looks like, by type of question. */\nexport interface Answers {{\n{answers}}}\n"
    )
    blocks += [_interface(struct) for struct in structs]
    return "\n".join(blocks)


def blanks() -> str:
    """Return the text of the module with what stands in for the parts of an entry that are not sent.

    Returns
    -------
    str
        JavaScript.
    """
    entry = cast("dict[str, object]", page_types.encode(page_types.Entry()))
    fields = "".join(f"  {name}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in entry.items())
    return (
        f'{_HEAD}\n/** @import {{ Entry }} from "./page.js" */\n\n'
        "/**\n * What stands in for whatever Python does not send.\n * @type {Entry}\n */\n"
        f"export const BLANK = {{\n{fields}}};\n"
    )


def tidy_declarations(check: bool = False) -> list[str]:
    """Write what scripts have from structs anew where it is out of step.

    Parameters
    ----------
    check : bool, default False
        Only name it, and write nothing.

    Returns
    -------
    list of str
        The files that were out of step; none in an installed package, which has no sources to write.
    """
    if paths.CHECKOUT is None:
        return []
    folder = paths.CHECKOUT / FOLDER
    texts = {"sent.d.ts": declarations(), "blank.js": blanks()}
    return [
        f"{FOLDER}/{name}" for name, text in texts.items() if not keep_in_step(folder / name, text, check)
    ]


def _interface(struct: type[msgspec.Struct]) -> str:
    info = msgspec.inspect.type_info(struct)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{struct!r} is no struct, and the page can be told of structs only")
    about = (inspect.getdoc(struct) or "").replace("\n", "\n * ").replace(" * \n", " *\n").replace("`", "")
    # A comment of one line stays on it.
    lines = [f"/** {about} */" if "\n" not in about else f"/**\n * {about}\n */"]
    lines.append(f"export interface {struct.__name__} {{")
    if info.tag is not None:
        lines.append(f'  {info.tag_field}: "{info.tag}";')
    for field in info.fields:
        lines.append(
            f"  {field.encode_name}{'?' if _may_be_missing(struct, field) else ''}: {_name(field.type)};"
        )
    return "\n".join([*lines, "}\n"])


def _may_be_missing(struct: type[msgspec.Struct], field: msgspec.inspect.Field) -> bool:
    return not field.required and struct.__struct_config__.omit_defaults


def _name(info: msgspec.inspect.Type) -> str:
    """Return a type as TypeScript calls it: by its name where it has one."""
    for name, union in page_types.UNIONS.items():
        if info == msgspec.inspect.type_info(union):
            return name
    return _spell_out(info)


def _spell_out(info: msgspec.inspect.Type) -> str:
    """Return a type as TypeScript writes it."""
    match info:
        case msgspec.inspect.BoolType():
            return "boolean"
        case msgspec.inspect.FloatType() | msgspec.inspect.IntType():
            return "number"
        case msgspec.inspect.NoneType():
            return "null"
        case msgspec.inspect.StrType():
            return "string"
        case msgspec.inspect.CustomType(cls=cls) if cls is Markup:
            return "string"
        case msgspec.inspect.StructType():
            return info.cls.__name__
        case msgspec.inspect.LiteralType():
            return " | ".join(f'"{value}"' for value in sorted(map(str, info.values)))
        case msgspec.inspect.ListType():
            inner = _name(info.item_type)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case msgspec.inspect.DictType():
            return f"Record<{_name(info.key_type)}, {_name(info.value_type)}>"
        case msgspec.inspect.UnionType():
            return " | ".join(dict.fromkeys(map(_name, info.types)))
        case _:
            raise TypeError(f"There is no way to write {info} for a page. Add one to page_declarations.py.")
