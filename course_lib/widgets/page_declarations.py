"""What the scripts of a page have from the structs that Python sends: their types, and an empty entry."""

import inspect
import json

import msgspec

from course_lib import paths
from course_lib.generated import keep_in_step
from course_lib.widgets import page_types

FOLDER = "course_lib/widgets/page"
_PLAIN = {
    msgspec.inspect.BoolType: "boolean",
    msgspec.inspect.FloatType: "number",
    msgspec.inspect.IntType: "number",
    msgspec.inspect.NoneType: "null",
    msgspec.inspect.StrType: "string",
}
_HEAD = """\
// Written by `course tidy` from course_lib/widgets/page_types.py: what Python and a page send each other.
// Change it there, then run tidy.
"""


def declarations():
    """Return the text of the file of declarations: an interface for each struct, a type for each union."""
    structs = [
        one
        for name, one in vars(page_types).items()
        if inspect.isclass(one) and issubclass(one, msgspec.Struct) and not name.startswith("_")
        if one.__module__ == page_types.__name__
    ]
    blocks = [_HEAD]
    blocks += [
        f"export type {name} = {_written(msgspec.inspect.type_info(one))};\n"
        for name, one in page_types.UNIONS.items()
    ]
    answers = "".join(
        f"  {name}: {_type(msgspec.inspect.type_info(one))};\n" for name, one in page_types.ANSWERS.items()
    )
    blocks.append(
        f"/** What an answer looks like, by type of question. */\nexport interface Answers {{\n{answers}}}\n"
    )
    blocks += [_interface(one) for one in structs]
    return "\n".join(blocks)


def blanks():
    """Return the text of the module with what stands in for the parts of an entry that are not sent."""
    fields = "".join(
        f"  {name}: {json.dumps(value, ensure_ascii=False)},\n"
        for name, value in page_types.sent(page_types.Entry()).items()
    )
    return (
        f'{_HEAD}\n/** @import {{ Entry }} from "./page.js" */\n\n'
        "/**\n * What stands in for whatever Python does not send.\n * @type {Entry}\n */\n"
        f"export const BLANK = {{\n{fields}}};\n"
    )


def tidy(check=False):
    """Write what scripts have from structs anew, or only name what is out of step (`check`)."""
    if paths.CHECKOUT is None:
        return []
    made = {"sent.d.ts": declarations(), "blank.js": blanks()}
    return [
        f"{FOLDER}/{name}"
        for name, text in made.items()
        if not keep_in_step(paths.CHECKOUT / FOLDER / name, text, check)
    ]


def _interface(struct):
    told = msgspec.inspect.type_info(struct)
    if not isinstance(told, msgspec.inspect.StructType):
        raise TypeError(f"{struct!r} is no struct, and the page can be told of structs only")
    about = (inspect.getdoc(struct) or "").replace("\n", "\n * ").replace(" * \n", " *\n").replace("`", "")
    # A comment of one line stays on it.
    lines = [f"/** {about} */" if "\n" not in about else f"/**\n * {about}\n */"]
    lines.append(f"export interface {struct.__name__} {{")
    if told.tag is not None:
        lines.append(f'  {told.tag_field}: "{told.tag}";')
    for field in told.fields:
        lines.append(
            f"  {field.encode_name}{'?' if _may_be_missing(struct, field) else ''}: {_type(field.type)};"
        )
    return "\n".join([*lines, "}\n"])


def _may_be_missing(struct, field):
    return not field.required and struct.__struct_config__.omit_defaults


def _type(told):
    """Return a type as TypeScript calls it: by its name where it has one."""
    for name, one in page_types.UNIONS.items():
        if told == msgspec.inspect.type_info(one):
            return name
    return _written(told)


def _written(told):
    """Return a type as TypeScript writes it."""
    plain = _PLAIN.get(type(told))
    if plain:
        return plain
    match told:
        case msgspec.inspect.StructType():
            return told.cls.__name__
        case msgspec.inspect.LiteralType():
            return " | ".join(f'"{value}"' for value in sorted(map(str, told.values)))
        case msgspec.inspect.ListType():
            inner = _type(told.item_type)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case msgspec.inspect.DictType():
            return f"Record<{_type(told.key_type)}, {_type(told.value_type)}>"
        case msgspec.inspect.UnionType():
            return " | ".join(dict.fromkeys(map(_type, told.types)))
    raise TypeError(f"There is no way to write {told} for a page. Add one to page_declarations.py.")
