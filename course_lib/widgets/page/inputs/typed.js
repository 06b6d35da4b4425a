/** @import { Input, ShownNumber, ShownText, ShownWord } from "../page.js" */

import { control, make } from "../dom.js";
import { register } from "../inputs.js";
import { ofLessons, say } from "../messages.js";

/**
 * What is read from and written into one field.
 * @param {HTMLElement} node
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Input<string>}
 */
const typedInto = (node, field) => ({
  node,
  read: () => field.value,
  write(answer) {
    field.value = answer ?? "";
  },
  noteAt: () => null,
});

/**
 * A number, or a word or a few.
 * @type {(question: ShownNumber | ShownWord, uid: string) => Input<string>}
 */
function line(question, uid) {
  const inputmode = question.type === "word" ? "text" : "decimal";
  const named = { id: `${uid}-n`, class: "cq-number" };
  const field = control("input", { type: "text", inputmode, autocomplete: "off", dir: "auto", ...named });
  const label = make("label", { for: field.id }, `${say("answer")} `);
  if (question.type === "word") return typedInto(make("div", {}, label, field), field);
  const { unit = "", decimals } = question;
  const beside = [];
  if (unit) beside.push(make("span", { class: "cq-unit", id: `${uid}-u`, ...ofLessons() }, unit));
  if (typeof decimals === "number") {
    const exact = decimals ? say("decimals", { n: decimals }) : say("whole");
    beside.push(make("span", { class: "cq-exact", id: `${uid}-e` }, `(${exact})`));
  }
  const described = [...beside.map(({ id }) => id), `${uid}-r`];
  field.setAttribute("aria-describedby", described.join(" "));
  const node = make("div", {}, label, field, ...beside.flatMap((one) => [" ", one]));
  return {
    ...typedInto(node, field),
    heard: ({ of = "" }) => of === field.value.trim(),
    choose({ text }) {
      field.value = text;
      field.focus();
    },
  };
}

/**
 * A text of some length.
 * @type {(question: ShownText, uid: string) => Input<string>}
 */
function essay(question, uid) {
  const least = make("p", { class: "cq-least", id: `${uid}-m` }, say("least", { n: question.minimum }));
  const named = { id: `${uid}-t`, class: "cq-text", "aria-describedby": least.id };
  const field = control("textarea", { dir: "auto", rows: question.lines, ...named });
  return typedInto(make("div", {}, make("label", { for: field.id }, say("text")), field, least), field);
}

register("number", line);
register("word", line);
register("text", essay);
