// What is read from the source of a script, since each key and each type is written out there.

const SAYS = /\bsay\(\s*(?:"([\w.]+)"(?=\s*[,)])|`([\w.]+\.)\$\{)/g;
const REGISTERS = /^register\((?:"(\w+)")?/gm;

/** The code of a script: without comments, which may speak of anything. */
const code = (text) => text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, "");

/**
 * The messages that a script says, each once: a key, or the beginning of one that is chosen as the script runs.
 * @param {string} text
 * @param {string} name of the script
 */
export function keys(text, name) {
  const plain = code(text).replace(/\bfunction say\(/g, "");
  const found = [...plain.matchAll(SAYS)].map(([, whole, start]) => whole ?? start);
  if (found.length !== [...plain.matchAll(/\bsay\(/g)].length) {
    throw new Error(`${name} says a message whose key is not written out. Write it out.`);
  }
  return [...new Set(found)];
}

/**
 * The types of question that a script has an input for.
 * @param {string} text
 * @param {string} name of the script
 */
export function types(text, name) {
  const found = [...code(text).matchAll(REGISTERS)].map(([, type]) => type);
  if (!found.length || found.includes(undefined)) {
    throw new Error(`${name} registers no input, or one whose type is not written out. Write it out.`);
  }
  return found;
}

/**
 * Makes sure that a part of a bundle can be left out: nothing but the bundle's first lines imports it.
 * @param {Record<string, { imports: { path: string }[] }>} inputs what each module imports
 * @param {string[]} parts
 * @param {string} first the name of what the bundle begins with
 */
export function checkApart(inputs, parts, first) {
  for (const [name, { imports }] of Object.entries(inputs)) {
    const odd = imports.find((one) => parts.includes(one.path));
    if (odd && name !== first) {
      throw new Error(`${name} imports ${odd.path}, which not every page gets. Move what both need to another module.`);
    }
  }
}
