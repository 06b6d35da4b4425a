"""Data cards: what a table is, what its fields mean, where its limits lie; for a page, a file, a console."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from course_lib.dates import long_date
from course_lib.evidence.package import Constraints, Field, Resource
from course_lib.evidence.wording import HTML, TEXT, T, Wording
from course_lib.markup import language_attributes, lesson_text, mirror_style, say_html
from course_lib.messages import isolate, say


class FieldRow(NamedTuple):
    """What a card says of a field: its name, its type with the unit, its meaning, the values it may have."""

    name: str
    kind: str
    meaning: str
    values: str


@dataclass(frozen=True)
class Card:
    """The data card of one table or map outline; it shows itself in a notebook and as plain text.

    Attributes
    ----------
    resource : Resource
        Its entry in the data package.
    rows : int
        How many rows or features it has.
    """

    resource: Resource
    rows: int

    @property
    def facts(self) -> dict[str, str]:
        """The facts about the whole, in order, by what they are called."""
        return self._facts(TEXT)

    def _facts(self, wording: Wording[T]) -> dict[T, T]:
        return {
            wording.say("cards.row"): wording.lesson(self.resource.description),
            wording.say("cards.rows"): wording.plain(str(self.rows)),
            wording.say("cards.as_of"): wording.plain(long_date(self.resource.as_of)),
            wording.say("cards.licence"): wording.join(
                ", ", (wording.lesson(licence.title) for licence in self.resource.licenses)
            ),
            wording.say("cards.horizon"): self._horizon(wording),
        }

    def _horizon(self, wording: Wording[T]) -> T:
        """Return how an information horizon cuts the rows."""
        horizon = self.resource.horizon
        if horizon is None:
            return wording.say("cards.outlines_stay")
        if horizon.reason is not None:
            reason = wording.lesson(horizon.reason.removeprefix("undated: "))
            return wording.say("cards.rows_stay", reason=reason)
        sentences = []
        if horizon.start is not None:
            start = wording.lesson(horizon.start)
            if horizon.end is None:
                sentences.append(wording.say("cards.cut_by", date=start))
            else:
                end = wording.lesson(horizon.end)
                sentences.append(wording.say("cards.cut_by_either", end=end, start=start))
        if horizon.known is not None:
            sentences.append(wording.say("cards.cut_later", field=wording.lesson(horizon.known)))
        for name in horizon.through:
            sentences.append(wording.say("cards.cut_with", field=wording.lesson(name)))
        if horizon.undated is not None:
            sentences.append(wording.say("cards.undated_stay"))
        emptied = [wording.lesson(field.name) for field in self.resource.fields if field.hidden_from]
        if emptied:
            sentences.append(wording.say("cards.emptied", fields=wording.join(", ", emptied)))
        return wording.join(" ", sentences)

    @property
    def fields(self) -> list[FieldRow]:
        """What is said of each field, in the order of the table."""
        return [FieldRow(field.name, *_field_texts(field, TEXT)) for field in self.resource.fields]

    @property
    def keys(self) -> list[str]:
        """Sentences on what identifies a row and which fields lead to other tables."""
        return self._keys(TEXT)

    def _keys(self, wording: Wording[T]) -> list[T]:
        schema = self.resource.schema
        if schema is None:
            return []
        leading = [
            (key.fields, key.reference.resource or self.resource.name) for key in schema.foreign_keys
        ] + [((field.name,), field.references.resource) for field in schema.fields if field.references]
        sentences = []
        if schema.primary_key:
            names = wording.join(", ", map(wording.lesson, schema.primary_key))
            sentences.append(wording.say("cards.identified", fields=names))
        for fields, target in leading:
            names = wording.join(", ", map(wording.lesson, fields))
            sentences.append(wording.say("cards.leads", fields=names, table=wording.lesson(target)))
        return sentences

    def markdown(self) -> str:
        """Return the card as Markdown, as it stands in the data dictionary.

        Returns
        -------
        str
            A heading, the facts and limits as lists, the fields as a table.
        """
        resource = self.resource
        lines = [f"## {isolate(resource.title)} (`{resource.name}`)", ""]
        lines += [f"- **{name}:** {text}" for name, text in self.facts.items()]
        lines += [f"- **{say('cards.file')}:** `{resource.path}`"]
        lines += [f"- **{say('cards.keys')}:** {' '.join(self.keys)}"] if self.keys else []
        limits = [f"- {isolate(limit)}" for limit in resource.limits]
        lines += ["", f"{say('cards.limits')}:", "", *limits, ""]
        if self.fields:
            lines += [f"| {' | '.join(_columns(TEXT))} |", "|:--|:--|:--|:--|"]
            lines += [
                f"| `{field.name}` | {field.kind} | {field.meaning} | {field.values} |"
                for field in self.fields
            ]
            lines.append("")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        facts = self._facts(HTML)
        if keys := self._keys(HTML):
            facts[say_html("cards.keys")] = Markup(" ").join(keys)
        entries = Markup("").join(
            Markup("<dt><b>{}</b></dt><dd>{}</dd>").format(name, text) for name, text in facts.items()
        )
        limits = Markup("").join(
            Markup("<li>{}</li>").format(lesson_text(limit)) for limit in self.resource.limits
        )
        return Markup(
            "<div {}>{}<p><b>{}</b> ({})</p><dl>{}<dt><b>{}</b></dt><dd><ul>{}</ul></dd></dl>{}</div>"
        ).format(
            language_attributes(),
            mirror_style(),
            lesson_text(self.resource.title),
            lesson_text(self.resource.name),
            entries,
            say_html("cards.limits"),
            limits,
            self._fields_html(),
        )

    def _fields_html(self) -> Markup:
        fields = self.resource.fields
        if not fields:
            return Markup("")
        cell = Markup('<td style="text-align:start">{}</td>')
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in _columns(HTML))
        rows = Markup("").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(map(cell.format, (lesson_text(field.name), *_field_texts(field, HTML))))
            )
            for field in fields
        )
        return Markup(
            '<details><summary data-lm-suppress-shortcuts="true">{}</summary>'
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></details>"
        ).format(say_html("cards.fields"), head, rows)

    def __repr__(self) -> str:
        lines = [f"{isolate(self.resource.title)} ({isolate(self.resource.name)})"]
        lines += [f"{name}: {text}" for name, text in self.facts.items()]
        limits = [f"- {isolate(limit)}" for limit in self.resource.limits]
        lines += [f"{say('cards.limits')}:", *limits]
        lines += [say("cards.fields_are")] if self.fields else []
        lines += [f"- {isolate(field.name)} ({field.kind}): {field.meaning}" for field in self.fields]
        return "\n".join(lines)


def dictionary(title: str, description: str, cards: Sequence[Card]) -> str:
    """Return the data dictionary: all cards under a title, as Markdown.

    Parameters
    ----------
    title, description : str
        Of the data package.
    cards : sequence of Card
        In the order in which they should stand.

    Returns
    -------
    str
        The page.
    """
    listed = [
        f"| [`{card.resource.name}`](#{_anchor(card.resource)}) | {card.rows} | {card.resource.description} |"
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


def _anchor(resource: Resource) -> str:
    # As GitHub and JupyterLab make it from the heading.
    letters = "".join(
        letter
        for letter in f"{resource.title} ({resource.name})".lower()
        if letter.isalnum() or letter in " -_"
    )
    return letters.replace(" ", "-")


def _columns(wording: Wording[T]) -> list[T]:
    """Return what the columns of the table of fields are called."""
    return [wording.say(f"cards.{name}") for name in ("field", "type", "meaning", "values")]


def _field_texts(field: Field, wording: Wording[T]) -> tuple[T, T, T]:
    """Return the type of a field with its unit, its meaning and the values it may have."""
    kind = f"{field.type}, {field.unit}" if field.unit else field.type
    meaning = wording.lesson(field.description)
    if not field.constraints.required and "mpty" not in field.description:
        meaning = wording.join(" ", [meaning, wording.say("cards.may_be_empty")])
    return wording.lesson(kind), meaning, _values(field, wording)


def _values(field: Field, wording: Wording[T]) -> T:
    match field:
        case Field(categories=(_, *_) as categories):
            values = "; ".join(f"{category.value}: {category.label}" for category in categories)
        case Field(type="boolean"):
            values = f"{field.true_values[0]}, {field.false_values[0]}"
        case Field(constraints=Constraints(enum=())):
            bounds = field.constraints
            if bounds.minimum is None or bounds.maximum is None:
                return wording.plain("")
            return wording.say("cards.range", low=f"{bounds.minimum:g}", high=f"{bounds.maximum:g}")
        case _:
            values = ", ".join(map(str, field.constraints.enum))
    return wording.lesson(values)
