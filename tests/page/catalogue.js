// The messages that a page says, as Python would send them, for the tests of scripts.

import { readFile } from "node:fs/promises";

const FILE = new URL("../../lessons/words.toml", import.meta.url);

/** What is told of a page's language. */
const HEAD = {
  language: "en",
  direction: "ltr",
  lessons: null,
  plural: {
    one: [
      [
        { operand: "i", ranges: [[1, 1]] },
        { operand: "v", ranges: [[0, 0]] },
      ],
    ],
  },
};

/**
 * The messages of a section in lessons/words.toml, those of the sections in it too.
 * @param {string} section
 */
export async function catalogue(section) {
  const messages = {};
  let group = null;
  for (const line of (await readFile(FILE, "utf8")).split("\n")) {
    const head = /^\[([\w.]+)\]$/.exec(line)?.[1];
    if (head) group = `${head}.`.startsWith(`${section}.`) ? head.slice(section.length + 1) : null;
    else if (group !== null && line && !line.startsWith("#")) {
      const [, key, text] = /^(\w+) = (".*"|\{.*\})$/.exec(line);
      // Forms of a number stand in one line as TOML has them.
      messages[group ? `${group}.${key}` : key] = JSON.parse(text.replace(/([{,] )(\w+) = (?=")/g, '$1"$2": '));
    }
  }
  return { ...HEAD, messages };
}
