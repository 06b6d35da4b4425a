/**
 * Puts a style sheet into the page, once, however many bundles bring it.
 * @param {string} text
 */
export function adopt(text) {
  const sheets = /** @type {(CSSStyleSheet & { text?: string })[]} */ (document.adoptedStyleSheets);
  if (sheets.some((sheet) => sheet.text === text)) return;
  const sheet = Object.assign(new CSSStyleSheet(), { text });
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
