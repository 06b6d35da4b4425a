// What Python puts before every bundle.

/** What the page says. */
declare const WORDS: import("./page.js").Catalogue;
/** The style sheets that it needs. */
declare const STYLES: string[];
