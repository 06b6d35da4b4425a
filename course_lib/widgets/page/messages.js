// What the interface says. Python sends the catalogue: the messages that a page says, and their language.

/** @import { Catalogue, PluralRelation, Values } from "./page.js" */

/** @type {Catalogue} */
let catalogue;

/**
 * Takes the catalogue that everything below is said from.
 * @param {Catalogue} given
 */
export function speak(given) {
  catalogue = given;
}

/**
 * What CLDR looks at in a number, by its letters; a page writes no number with a power of ten.
 * @param {number} number
 * @returns {Record<string, number>}
 */
function operands(number) {
  const [whole, decimals = ""] = String(Math.abs(number)).split(".");
  const trailing = decimals.replace(/0+$/, "");
  return {
    n: Math.abs(number),
    i: Number(whole),
    v: decimals.length,
    w: trailing.length,
    f: Number(decimals),
    t: Number(trailing),
    e: 0,
  };
}

/**
 * The form of a message that goes with a number, by the rules that Python sends.
 * @param {number} number
 */
export function form(number) {
  const values = operands(number);
  /** @param {PluralRelation} relation */
  const holds = ({ operand, modulus, ranges, negated = false }) => {
    const value = modulus ? values[operand] % modulus : values[operand];
    const inside = Number.isInteger(value) && ranges.some(([low, high]) => low <= value && value <= high);
    return inside !== negated;
  };
  const rules = Object.entries(catalogue.plural);
  return rules.find(([, alternatives]) => alternatives.some((all) => all.every(holds)))?.[0] ?? "other";
}

/**
 * A message with these values in its places; `n` chooses among the forms of a number.
 * @param {string} key
 * @param {Values} [values]
 */
export function say(key, values = {}) {
  const message = catalogue.messages[key];
  const text = typeof message === "string" ? message : (message[form(Number(values.n))] ?? message.other);
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
