"""Data cards: what a table is, what its fields mean, where its limits lie; for a page, a file, a console."""

import html
from dataclasses import dataclass

from course_lib.dates import long_date


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
        return {
            "What a row is": self.described["description"],
            "Rows": f"{self.rows}",
            "As of": long_date(self.described["course:as_of"]),
            "Licence": ", ".join(licence["title"] for licence in self.described["licenses"]),
            "Information horizon": self._horizon(),
        }

    def _horizon(self):
        horizon = self.described.get("course:horizon", {"reason": "outlines have no dates"})
        if "reason" in horizon:
            return f"No row is cut: {horizon['reason'].removeprefix('undated: ')}."
        dates = " or ".join(filter(None, (horizon.get("end"), horizon.get("start"))))
        told = [f"A row is cut by its {dates}." if dates else ""]
        told += [f"A row is cut too where {horizon['known']} is later."] if "known" in horizon else []
        told += [f"A row is cut with the row its {field} leads to." for field in horizon.get("through", ())]
        told += ["Rows without a date stay." if "undated" in horizon else ""]
        hidden = [field["name"] for field in self._described_fields() if "course:from" in field]
        told += [f"Emptied where it tells of later: {', '.join(hidden)}." if hidden else ""]
        return " ".join(filter(None, told))

    def _described_fields(self):
        return self.described.get("schema", {}).get("fields", [])

    @property
    def fields(self):
        """One tuple of texts per field: name, type with unit, meaning, allowed values."""
        return [_field(field) for field in self._described_fields()]

    @property
    def keys(self):
        """Sentences on what identifies a row and which fields lead to other tables."""
        schema = self.described.get("schema", {})
        told = (
            [f"A row is identified by {', '.join(schema['primaryKey'])}."] if "primaryKey" in schema else []
        )
        for key in schema.get("foreignKeys", []):
            target = key["reference"]["resource"] or self.described["name"]
            told.append(f"{', '.join(key['fields'])} leads to the table {target}.")
        for field in self._described_fields():
            if "course:references" in field:
                told.append(f"{field['name']} leads to the table {field['course:references']['resource']}.")
        return told

    def markdown(self):
        """Return the card as Markdown, as it stands in the data dictionary."""
        lines = [f"## {self.described['title']} (`{self.described['name']}`)", ""]
        lines += [f"- **{name}:** {text}" for name, text in self.facts.items()]
        lines += [f"- **File:** `{self.described['path']}`"]
        lines += [f"- **Keys:** {' '.join(self.keys)}"] if self.keys else []
        lines += ["", "Limits:", "", *(f"- {limit}" for limit in self.described["course:limits"]), ""]
        if self.fields:
            lines += ["| Field | Type | Meaning | Values |", "|:--|:--|:--|:--|"]
            lines += [
                f"| `{name}` | {kind} | {meaning} | {values} |" for name, kind, meaning, values in self.fields
            ]
            lines.append("")
        return "\n".join(lines)

    def _repr_html_(self):
        facts = {**self.facts, "Keys": " ".join(self.keys)} if self.keys else self.facts
        told = "".join(f"<dt><b>{name}</b></dt><dd>{html.escape(text)}</dd>" for name, text in facts.items())
        limits = "".join(f"<li>{html.escape(limit)}</li>" for limit in self.described["course:limits"])
        return (
            f"<div><p><b>{html.escape(self.described['title'])}</b> ({self.described['name']})</p>"
            f"<dl>{told}<dt><b>Limits</b></dt><dd><ul>{limits}</ul></dd></dl>{self._table()}</div>"
        )

    def _table(self):
        if not self.fields:
            return ""
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Field", "Type", "Meaning", "Values"))
        rows = "".join(
            "<tr>"
            + "".join(f'<td style="text-align:left">{html.escape(cell)}</td>' for cell in field)
            + "</tr>"
            for field in self.fields
        )
        return (
            '<details><summary data-lm-suppress-shortcuts="true">The fields</summary>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details>"
        )

    def __repr__(self):
        lines = [f"{self.described['title']} ({self.described['name']})"]
        lines += [f"{name}: {text}" for name, text in self.facts.items()]
        lines += ["Limits:", *(f"- {limit}" for limit in self.described["course:limits"])]
        lines += ["Fields:"] if self.fields else []
        lines += [f"- {name} ({kind}): {text}" for name, kind, text, _ in self.fields]
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


def _field(field):
    bounds = field.get("constraints", {})
    values = ", ".join(f"{value}" for value in bounds.get("enum", []))
    if "categories" in field:
        values = "; ".join(f"{one['value']}: {one['label']}" for one in field["categories"])
    elif field["type"] == "boolean":
        values = f"{field['trueValues'][0]}, {field['falseValues'][0]}"
    elif "minimum" in bounds and "maximum" in bounds:
        values = f"{bounds['minimum']:g} to {bounds['maximum']:g}"
    kind = f"{field['type']}, {field['unit']}" if "unit" in field else field["type"]
    meaning = field["description"]
    if not bounds.get("required") and "mpty" not in meaning:
        meaning += " May be empty."
    return field["name"], kind, meaning, values
