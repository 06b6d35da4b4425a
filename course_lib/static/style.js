// The style sheet of a widget, put into the page once, however many scripts bring it.

function adopt(text) {
  if ([...document.adoptedStyleSheets].some((sheet) => sheet.text === text)) return;
  const sheet = Object.assign(new CSSStyleSheet(), { text });
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
