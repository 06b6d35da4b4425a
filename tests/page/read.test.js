// What is read from a script: the messages that it says, and the types of question that it has an input for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkApart, keys, types } from "./read.js";

test("a message is found by its key, or by the beginning of one that is chosen as the script runs", () => {
  const text =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a script
    '// say(this) is a comment\nexport function say(key) {}\nsay("tell"); say(`state.${state}`); say("tell", {});';
  assert.deepEqual(keys(text, "a.js"), ["tell", "state."]);
});

test("a key that is not written out is told", () => {
  const sentence = "a.js says a message whose key is not written out. Write it out.";
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a script
  for (const text of ["say(key)", 'say(`${"a"}.b`)', 'say("a" + b)', "say(`b`)", 'say("a") || say(b)']) {
    assert.throws(() => keys(text, "a.js"), { message: sentence }, text);
  }
});

test("an input says for which types of question it is", () => {
  assert.deepEqual(types('register("number", line);\nregister("word", line);\n', "a.js"), ["number", "word"]);
  const sentence = "a.js registers no input, or one whose type is not written out. Write it out.";
  for (const text of ["", "register(type, line);\n"]) {
    assert.throws(() => types(text, "a.js"), { message: sentence }, text);
  }
});

test("a part that something else needs cannot be left out", () => {
  const imports = (...names) => ({ imports: names.map((path) => ({ path })) });
  const apart = { "begin.js": imports("quiz.js", "inputs/a.js"), "quiz.js": imports("dom.js"), "dom.js": imports() };
  checkApart(apart, ["inputs/a.js"], "begin.js");
  const message = "b.js imports inputs/a.js, which not every page gets. Move what both need to another module.";
  assert.throws(() => checkApart({ ...apart, "b.js": imports("inputs/a.js") }, ["inputs/a.js"], "begin.js"), {
    message,
  });
});
