"""A page as a parser reads it: what tests of the portfolio and of the page on a class look at."""

import re
from html.parser import HTMLParser

TAGS = {"html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "footer"}
TAGS |= {"h1", "h2", "h3", "h4", "dl", "div", "dt", "dd", "span", "p", "ol", "ul", "li", "blockquote", "br"}
TAGS |= {"table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "img", "bdi"}
TAGS |= {"figcaption", "em", "strong", "code", "math", "mrow", "mi", "mo", "mn", "mfrac", "msup", "msub"}
EMPTY = {"meta", "br", "img", "col"}


class Page(HTMLParser):
    """A page as a parser reads it: tags, attributes, headings, texts; faults where tags do not nest."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.faults, self.words = [], [], [], [], []
        self.headings, self.quotes = [], []
        # A parser cuts a text in pieces, and pieces of HTML that is marked as such would escape text.
        self.feed(str(text))
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep the tag."""
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]
        if tag == "br" and "blockquote" in self.open:
            self.quotes[-1] += "\n"
        if tag not in EMPTY:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
        if tag == "blockquote":
            self.quotes.append("")

    def handle_endtag(self, tag):
        """Take the tag off, or note that another one is open."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        """Keep the text."""
        if "style" in self.open:
            return
        self.words.append(data)
        if self.headings and re.fullmatch("h[1-6]", self.open[-1] if self.open else ""):
            self.headings[-1][1] += data
        if "blockquote" in self.open:
            self.quotes[-1] += data

    @property
    def text(self):
        """All words of the page."""
        return " ".join(" ".join(self.words).split())
