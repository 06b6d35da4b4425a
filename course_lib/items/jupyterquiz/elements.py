"""The elements of HTML, by what becomes of them in our Markdown."""

# Each stands as it is, without attributes; the renderer of our Markdown lets just these through.
SAME = frozenset({"sub", "sup", "u", "s", "kbd", "mark", "small", "del", "ins", "var", "q", "samp"})
# By another name of the same meaning.
RENAMED = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "code": "code",
    "tt": "code",
    "strike": "s",
}
LISTS = frozenset({"ul", "ol"})
TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td", "caption"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What begins a line of its own and is nothing more.
CONTAINERS = frozenset(
    {
        "address",
        "article",
        "aside",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "header",
        "li",
        "main",
        "p",
        "section",
        "summary",
    }
)
BLOCKS = CONTAINERS | HEADINGS | LISTS | TABLE_PARTS | {"table", "blockquote", "pre", "hr"}
CARRIED = SAME | frozenset(RENAMED) | BLOCKS | {"a", "img", "br"}
# What an element keeps beside its content.
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# Attributes that say nothing which our page would not do by itself.
SILENT = frozenset({"target", "rel", "title", "id"})
# What a browser knows and is not carried: its content stays, unless it is code or another page.
LEFT_OUT = frozenset(
    {
        "abbr",
        "acronym",
        "applet",
        "area",
        "audio",
        "base",
        "bdi",
        "bdo",
        "big",
        "blink",
        "body",
        "button",
        "canvas",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dialog",
        "embed",
        "fieldset",
        "font",
        "form",
        "frame",
        "frameset",
        "head",
        "hgroup",
        "html",
        "iframe",
        "input",
        "label",
        "legend",
        "link",
        "map",
        "marquee",
        "math",
        "menu",
        "meta",
        "meter",
        "nav",
        "noscript",
        "object",
        "optgroup",
        "option",
        "output",
        "param",
        "picture",
        "progress",
        "rp",
        "rt",
        "ruby",
        "script",
        "search",
        "select",
        "slot",
        "source",
        "span",
        "style",
        "svg",
        "template",
        "textarea",
        "time",
        "title",
        "track",
        "video",
        "wbr",
    }
)
# Their content is no text that a reader would see.
UNSEEN = frozenset(
    {
        "script",
        "style",
        "iframe",
        "object",
        "applet",
        "audio",
        "video",
        "svg",
        "template",
        "textarea",
        "select",
        "title",
        "noscript",
        "canvas",
        "datalist",
        "head",
    }
)
# Elements without an end.
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
# Not carried, but their content is, unless they hide it.
AROUND_TEXT = LEFT_OUT - UNSEEN - VOID - {"body", "frameset", "html", "math"}
HTML_TAGS = CARRIED | LEFT_OUT
