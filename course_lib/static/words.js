// What the interface says. Python puts WORDS before this: { language, direction, lessons, messages }.

const FORM = new Intl.PluralRules(WORDS.language);

/** A message with these values in its places; `n` chooses among the forms of a number. */
export function say(key, values = {}) {
  const message = WORDS.messages[key];
  const text = typeof message === "string" ? message : message[FORM.select(values.n)] ?? message.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A text in the language of the lessons as it can stand in a message. */
const isolated = (text) => (WORDS.lessons ? `\u2068${text}\u2069` : text);

/** The attributes of a part in the language of the lessons, where the interface has another. */
const OF_LESSONS = WORDS.lessons ? { lang: WORDS.lessons, dir: "auto" } : {};
