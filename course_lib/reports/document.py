"""A document that is built once and written twice: as one HTML page that needs nothing else, as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from course_lib import paths
from course_lib.messages import say
from course_lib.reports.blocks import Block, Heading, Words
from course_lib.reports.html_writer import attribute_text, block_html, inline_html
from course_lib.reports.markdown_writer import Markdown, block_markdown, inline_markdown, part_markdown

GENERATOR = "reading-with-evidence portfolio"
# Nothing is fetched, nothing runs: pictures stand in the page itself, and so does its style.
_PAGE = Markup("""\
<!DOCTYPE html>
<html {frame}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="generator" content="{generator}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#content">{skip}</a>
<header>
<h1>{heading}</h1>
<dl>{facts}</dl>
</header>
{contents}<main id="content" tabindex="-1">
{blocks}
</main>
<footer>
{closing}
</footer>
</body>
</html>
""")
_CONTENTS = Markup("""\
<nav aria-label="{label}">
<p>{name}</p>
<ol>{parts}</ol>
</nav>
""")
_ENGLISH = Markup('lang="en-GB"')
_TO_FILL = Markup('<span class="fill" aria-hidden="true"></span><span class="away">{}</span>')


@dataclass(frozen=True)
class Document:
    """What both forms are written from: a title, lines to be filled in, blocks, and a last word.

    Parameters
    ----------
    title : str
        What a browser shows above the page.
    heading : str
        The heading of level 1.
    facts : Sequence[tuple[str, Words]]
        Pairs: a name, and what stands behind it; nothing leaves a line to write on.
    blocks : Sequence[Block]
        The text.
    closing : Sequence[Words]
        The paragraphs at the foot.
    generator : str, optional
        What the file says it was made as.
    frame : Markup, optional
        The attributes of the page that tell its language and direction.
    """

    title: str
    heading: str
    facts: Sequence[tuple[str, Words]]
    blocks: Sequence[Block]
    closing: Sequence[Words]
    generator: str = GENERATOR
    frame: Markup = _ENGLISH

    def html(self) -> Markup:
        """Return one HTML page that needs no other file and no network.

        Returns
        -------
        Markup
            The whole file.
        """
        style = (paths.PACKAGE / "reports" / "portfolio.css").read_text(encoding="utf-8")
        return _PAGE.format(
            frame=self.frame,
            generator=self.generator,
            title=attribute_text(self.title),
            style=Markup(style),  # noqa: S704 - the course's own
            skip=inline_html(say("portfolio.page.skip")),
            heading=inline_html(self.heading),
            facts=Markup("").join(
                Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
                    inline_html(name), inline_html(value) if value else _line_to_fill()
                )
                for name, value in self.facts
            ),
            contents=self._contents(),
            blocks=Markup("\n").join(map(block_html, self.blocks)),
            closing=Markup("\n").join(
                Markup("<p>{}</p>").format(inline_html(words)) for words in self.closing
            ),
        )

    def _contents(self) -> Markup:
        parts = [block for block in self.blocks if isinstance(block, Heading) and block.key]
        if len(parts) < 2:
            return Markup("")
        name = say("portfolio.page.contents")
        links = (
            Markup('<li><a href="#{}">{}</a></li>').format(part.key, inline_html(part.words))
            for part in parts
        )
        return _CONTENTS.format(
            label=attribute_text(name), name=inline_html(name), parts=Markup("").join(links)
        )

    def markdown(self) -> Markdown:
        """Return the same as Markdown; pictures are told by their alternative text.

        Returns
        -------
        Markdown
            The whole file.
        """
        facts = [
            f"- {inline_markdown(name)}: {part_markdown(value) if value else '_' * 16}"
            for name, value in self.facts
        ]
        parts = [
            f"<!-- {self.generator} -->",
            f"# {inline_markdown(self.heading)}",
            "\n".join(facts),
            *map(block_markdown, self.blocks),
            "---",
            *map(inline_markdown, self.closing),
        ]
        return Markdown("\n\n".join(parts) + "\n")


def _line_to_fill() -> Markup:
    return _TO_FILL.format(inline_html(say("portfolio.page.fill")))
