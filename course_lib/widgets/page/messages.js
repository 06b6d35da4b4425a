// What the interface says. Python sends the catalogue: the messages that a page says, and their language.

/** @import { Catalogue, Values } from "./page.js" */

/** @type {Catalogue} */
let catalogue;
/** @type {Intl.PluralRules} */
let forms;

/**
 * Takes the catalogue that everything below is said from.
 * @param {Catalogue} given
 */
export function speak(given) {
  catalogue = given;
  forms = new Intl.PluralRules(given.language);
}

/**
 * A message with these values in its places; `n` chooses among the forms of a number.
 * @param {string} key
 * @param {Values} [values]
 */
export function say(key, values = {}) {
  const message = catalogue.messages[key];
  const text = typeof message === "string" ? message : (message[forms.select(Number(values.n))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/**
 * A text in the language of the lessons as it can stand in a message.
 * @param {string} text
 */
export const isolated = (text) => (catalogue.lessons ? `\u2068${text}\u2069` : text);

/**
 * The attributes of a part in the language of the lessons, where the interface has another.
 * @returns {{ lang?: string, dir?: string }}
 */
export const ofLessons = () => (catalogue.lessons ? { lang: catalogue.lessons, dir: "auto" } : {});

/** The language of the interface, as the attribute of a part that stands in one of the lessons. */
export const ofInterface = () => ({ lang: catalogue.language });

/** The attributes of whatever holds a page of ours. */
export const frame = () => ({ lang: catalogue.language, dir: catalogue.direction });
