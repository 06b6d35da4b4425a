"""Data cards: what a table is, what its fields mean, where its limits lie; for a page, a file, a console."""

from dataclasses import dataclass

from course_lib.dates import long_date
from course_lib.markup import language_attributes, lesson_text, mirror_style
from course_lib.messages import isolate, say


@dataclass(frozen=True)
class Card:
    """The data card of one table or map outline; it shows itself in a notebook and as plain text.

    `described` is the resource of the data package; `rows` how many rows or features it has.
    """

    described: dict
    rows: int

    @property
    def facts(self):
        """The facts about the whole, in order: a dict of texts."""
        return self._facts(isolate)

    def _facts(self, mark):
        """Return the facts with what is in the language of the lessons marked by a function."""
        return {
            say("cards.row"): mark(self.described["description"]),
            say("cards.rows"): f"{self.rows}",
            say("cards.as_of"): long_date(self.described["course:as_of"]),
            say("cards.licence"): ", ".join(mark(licence["title"]) for licence in self.described["licenses"]),
            say("cards.horizon"): self._horizon(mark),
        }

    def _horizon(self, mark):
        if "course:horizon" not in self.described:
            return say("cards.outlines_stay")
        horizon = self.described["course:horizon"]
        if "reason" in horizon:
            return say("cards.rows_stay", reason=mark(horizon["reason"].removeprefix("undated: ")))
        dates = [mark(horizon[name]) for name in ("end", "start") if horizon.get(name)]
        told = [say("cards.cut_by_either", end=dates[0], start=dates[1])] if len(dates) == 2 else []
        told += [say("cards.cut_by", date=dates[0])] if len(dates) == 1 else []
        told += [say("cards.cut_later", field=mark(horizon["known"]))] if "known" in horizon else []
        told += [say("cards.cut_with", field=mark(field)) for field in horizon.get("through", ())]
        told += [say("cards.undated_stay")] if "undated" in horizon else []
        hidden = [mark(field["name"]) for field in self._described_fields() if "course:from" in field]
        told += [say("cards.emptied", fields=", ".join(hidden))] if hidden else []
        return " ".join(told)

    def _described_fields(self):
        return self.described.get("schema", {}).get("fields", [])

    @property
    def fields(self):
        """One tuple of texts per field: name, type with unit, meaning, allowed values."""
        return self._fields(isolate)

    def _fields(self, mark):
        return [_field(field, mark) for field in self._described_fields()]

    @property
    def keys(self):
        """Sentences on what identifies a row and which fields lead to other tables."""
        return self._keys(isolate)

    def _keys(self, mark):
        schema = self.described.get("schema", {})
        told = []
        if "primaryKey" in schema:
            told.append(say("cards.identified", fields=", ".join(map(mark, schema["primaryKey"]))))
        leading = [
            (key["fields"], key["reference"]["resource"] or self.described["name"])
            for key in schema.get("foreignKeys", [])
        ]
        leading += [
            ([field["name"]], field["course:references"]["resource"])
            for field in self._described_fields()
            if "course:references" in field
        ]
        told += [
            say("cards.leads", fields=", ".join(map(mark, fields)), table=mark(target))
            for fields, target in leading
        ]
        return told

    def markdown(self):
        """Return the card as Markdown, as it stands in the data dictionary."""
        lines = [f"## {isolate(self.described['title'])} (`{self.described['name']}`)", ""]
        lines += [f"- **{name}:** {text}" for name, text in self.facts.items()]
        lines += [f"- **{say('cards.file')}:** `{self.described['path']}`"]
        lines += [f"- **{say('cards.keys')}:** {' '.join(self.keys)}"] if self.keys else []
        limits = [f"- {isolate(limit)}" for limit in self.described["course:limits"]]
        lines += ["", f"{say('cards.limits')}:", "", *limits, ""]
        if self.fields:
            lines += [f"| {' | '.join(_columns())} |", "|:--|:--|:--|:--|"]
            lines += [
                f"| `{name}` | {kind} | {meaning} | {values} |" for name, kind, meaning, values in self.fields
            ]
            lines.append("")
        return "\n".join(lines)

    def _repr_html_(self):
        facts = self._facts(lesson_text)
        if keys := self._keys(lesson_text):
            facts[say("cards.keys")] = " ".join(keys)
        told = "".join(f"<dt><b>{name}</b></dt><dd>{text}</dd>" for name, text in facts.items())
        limits = "".join(f"<li>{lesson_text(limit)}</li>" for limit in self.described["course:limits"])
        title, name = lesson_text(self.described["title"]), lesson_text(self.described["name"])
        return (
            f"<div {language_attributes()}>{mirror_style()}<p><b>{title}</b> ({name})</p>"
            f"<dl>{told}<dt><b>{say('cards.limits')}</b></dt><dd><ul>{limits}</ul></dd></dl>"
            f"{self._table()}</div>"
        )

    def _table(self):
        fields = self._fields(lesson_text)
        if not fields:
            return ""
        head = "".join(f'<th scope="col">{name}</th>' for name in _columns())
        rows = "".join(
            "<tr>"
            + "".join(f'<td style="text-align:start">{cell}</td>' for cell in (lesson_text(name), *told))
            + "</tr>"
            for name, *told in fields
        )
        return (
            f'<details><summary data-lm-suppress-shortcuts="true">{say("cards.fields")}</summary>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details>"
        )

    def __repr__(self):
        lines = [f"{isolate(self.described['title'])} ({isolate(self.described['name'])})"]
        lines += [f"{name}: {text}" for name, text in self.facts.items()]
        limits = [f"- {isolate(limit)}" for limit in self.described["course:limits"]]
        lines += [f"{say('cards.limits')}:", *limits]
        lines += [say("cards.fields_are")] if self.fields else []
        lines += [f"- {isolate(name)} ({kind}): {text}" for name, kind, text, _ in self.fields]
        return "\n".join(lines)


def dictionary(title, description, cards):
    """Return the data dictionary: all cards under a title, as Markdown.

    Parameters: `title` and `description` of the data package; `cards` in order.
    """
    listed = [
        f"| [`{card.described['name']}`](#{_anchor(card.described)}) | {card.rows} "
        f"| {card.described['description']} |"
        for card in cards
    ]
    head = [
        f"# {title}",
        "",
        description,
        "",
        "Written from `datapackage.json` by `python3 -m course_lib tidy`. Change it there, not here.",
        "",
        "Empty cells are unknown, never zero; `none` is a value. Lists are separated by semicolons. "
        "Dates are as exact as they are known: day, month or year.",
        "",
        "In Python:",
        "",
        "```python",
        "from course_lib import evidence",
        "",
        'evidence.table("vetoes", until="2024-12-31")  # a typed DataFrame, cut at an information horizon',
        'evidence.about("vetoes")  # the card below',
        'evidence.outlines("governorates")  # GeoJSON',
        "evidence.sources().bibtex()  # the register for LaTeX; .csl_json() for Zotero and Pandoc",
        "```",
        "",
        "| Table | Rows | What a row is |",
        "|:--|--:|:--|",
        *listed,
        "",
    ]
    return "\n".join([*head, *(card.markdown() for card in cards)])


def _anchor(described):
    # As GitHub and JupyterLab make it from the heading.
    kept = "".join(
        letter
        for letter in f"{described['title']} ({described['name']})".lower()
        if letter.isalnum() or letter in " -_"
    )
    return kept.replace(" ", "-")


def _columns():
    return say("cards.field"), say("cards.type"), say("cards.meaning"), say("cards.values")


def _field(field, mark):
    bounds = field.get("constraints", {})
    values = ", ".join(f"{value}" for value in bounds.get("enum", []))
    if "categories" in field:
        values = "; ".join(f"{one['value']}: {one['label']}" for one in field["categories"])
    elif field["type"] == "boolean":
        values = f"{field['trueValues'][0]}, {field['falseValues'][0]}"
    values = values and mark(values)
    if not values and "minimum" in bounds and "maximum" in bounds:
        values = say("cards.range", low=f"{bounds['minimum']:g}", high=f"{bounds['maximum']:g}")
    kind = f"{field['type']}, {field['unit']}" if "unit" in field else field["type"]
    meaning = mark(field["description"])
    if not bounds.get("required") and "mpty" not in field["description"]:
        meaning += f" {say('cards.may_be_empty')}"
    return field["name"], mark(kind), meaning, values
