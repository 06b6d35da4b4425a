// Bundles the scripts of a page: `node bundle.js` writes them, `node bundle.js FOLDER` writes them elsewhere.
//
// A widget's script lies beside its module in Python, and what several share in page/. A bundle is one small
// file. That of the quiz is in parts, so that a page gets the inputs it needs and no others: the quiz itself,
// and one part for each module in page/inputs/. esbuild gives the names at the top of all
// modules at once, so that a part fits the quiz however many others lie between. Beside the bundles stands what
// Python has to know of them: which messages each says, and which types of question an input is for.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { checkApart, keys, types } from "./read.js";

const SOURCES = fileURLToPath(new URL("../../course_lib/widgets/", import.meta.url));
const BUNDLES = path.join(SOURCES, "bundles");
const SHARED = "page/";
const WIDGETS = ["backup.js", "explorer.js", "portfolio.js", "quiz.js", `${SHARED}unpack.js`];
const HEAD = "// Bundled by tests/page/bundle.js from course_lib/widgets.\n";
const SETTINGS = {
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "ascii",
  write: false,
  absWorkingDir: SOURCES,
};
// What a bundle begins with: it imports the widget and its parts.
const FIRST = "begin.js";
// esbuild's comment before each module, and what it puts behind the last one.
const MODULE = /^\/\/ (\S+)$/m;
const EXPORTS = /^export \{[^}]*\};\n$/m;

/** The modules of a bundle with the texts that are left of them, what it exports, and what each imports. */
async function modules(contents, settings) {
  const { outputFiles, metafile } = await build({
    ...SETTINGS,
    stdin: { contents, resolveDir: SOURCES, sourcefile: FIRST },
    metafile: true,
    ...settings,
  });
  const { text } = outputFiles[0];
  const [exported] = text.match(EXPORTS) ?? [""];
  const [before, ...pieces] = text.replace(EXPORTS, "").split(MODULE);
  if (before.trim()) throw new Error(`There is code before the first module: ${before}`);
  const found = {};
  for (let at = 0; at < pieces.length; at += 2) found[pieces[at]] = pieces[at + 1];
  return { found, exported, inputs: metafile.inputs };
}

/** What a module is called among the bundles. @param {string} name */
const bundleName = (name) => name.replace(SHARED, "");

async function small(text) {
  const { code } = await transform(text, { minifyWhitespace: true, charset: "ascii", target: SETTINGS.target });
  return HEAD + code;
}

/** Each script says its messages in words that can be found. */
async function checkSources(names) {
  for (const name of names) keys(await readFile(path.join(SOURCES, name), "utf8"), name);
}

/** The bundle of a widget: its file and those of its parts, with their texts, and what Python has to know. */
async function bundled(widget, parts) {
  const first = [`export { default } from "./${widget}";`, ...parts.map((part) => `import "./${part}";`)].join("\n");
  const { found, exported, inputs } = await modules(first, { minifyIdentifiers: true, minifySyntax: true });
  // With the names that the sources have, and without what a page never calls.
  const { found: plain } = await modules(first, {});
  const names = Object.keys(inputs).filter((name) => name !== FIRST);
  checkApart(inputs, parts, FIRST);
  await checkSources(names);
  const shared = Object.keys(found).filter((name) => !parts.includes(name));
  const files = { [bundleName(widget)]: await small(shared.map((name) => found[name]).join("") + exported) };
  const known = { [bundleName(widget)]: { says: keys(shared.map((name) => plain[name]).join(""), widget).sort() } };
  for (const part of parts) {
    files[bundleName(part)] = await small(found[part]);
    known[bundleName(part)] = { says: keys(plain[part], part).sort(), types: types(plain[part], part) };
  }
  return { files, known };
}

const inputs = (await readdir(path.join(SOURCES, SHARED, "inputs"))).filter((name) => name.endsWith(".js")).sort();
const folder = path.resolve(process.argv[2] ?? BUNDLES);
const told = {};
await mkdir(path.join(folder, "inputs"), { recursive: true });
for (const widget of WIDGETS) {
  const parts = widget === "quiz.js" ? inputs.map((name) => `${SHARED}inputs/${name}`) : [];
  const { files, known } = await bundled(widget, parts);
  Object.assign(told, known);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}
await writeFile(path.join(folder, "bundles.json"), `${JSON.stringify(told, null, 1)}\n`);
