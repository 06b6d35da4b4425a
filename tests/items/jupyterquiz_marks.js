// What jupyterquiz makes of typed answers: its own scripts, with as much of a page as they ask for.
// Arguments: the folder of its scripts. Input: a list of {question, typed}. Output: for each whether it is
// marked right and what is said, or null where the script breaks off.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const folder = process.argv[2];
const scripts = ["helpers", "numeric", "string"]
  .map((name) => fs.readFileSync(path.join(folder, `${name}.js`), "utf8"))
  .join("\n");

function marked({ question, typed }) {
  const classes = () => {
    const names = new Set();
    return { add: (name) => names.add(name), has: (name) => names.has(name) };
  };
  const feedback = { style: {}, classList: classes(), parentElement: { parentElement: { id: "" } } };
  const dataset = { answers: JSON.stringify(question.answers) };
  if ("precision" in question) dataset.precision = String(question.precision);
  const field = { id: "q-0", value: typed, dataset, classList: classes(), blur() {}, closest: () => null };
  const page = { getElementById: (id) => (id.startsWith("fb") ? feedback : null) };
  const check = question.type === "numeric" ? "check_numeric" : "check_string";
  const run = new Function("document", "console", "field", "key", `${scripts}\n${check}(field, key);`);
  try {
    run(page, { log() {}, error() {} }, field, { keyCode: 13 });
  } catch {
    return null;
  }
  return { right: field.classList.has("correctButton"), said: feedback.innerHTML };
}

const cases = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(marked)));
