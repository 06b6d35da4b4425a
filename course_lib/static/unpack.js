// Unpacks the script and the style that come with a widget, and hands over to them.

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const url = URL.createObjectURL(new Blob([await new Response(stream).text()], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export default {
  async render(given) {
    const { default: widget, style } = await unpacked(given.model.get("code"));
    if (![...document.adoptedStyleSheets].some((sheet) => sheet.text === style)) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      sheet.text = style;
      document.adoptedStyleSheets.push(sheet);
    }
    return widget.render(given);
  },
};
