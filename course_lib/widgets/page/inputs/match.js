/** @import { Input, ShownMatch } from "../page.js" */

import { control, make } from "../dom.js";
import { register } from "../inputs.js";
import { ofLessons, say } from "../messages.js";

/**
 * One menu for each thing to be matched.
 * @type {(question: ShownMatch, uid: string) => Input<(number | null)[]>}
 */
function match(question, uid) {
  const rows = question.rows.map((row, at) => {
    const id = `${uid}-s${at}`;
    const choices = question.choices.map((text, value) => make("option", { value, ...ofLessons() }, text));
    const menu = control("select", { id, class: "cq-menu" }, make("option", { value: "" }, say("choose")), ...choices);
    const notes = make("div", { class: "cq-notes" });
    const node = make("div", { class: "cq-row" }, make("label", { for: id, html: row.text }), menu, notes);
    return { menu, notes, node };
  });
  return {
    node: make("div", {}, ...rows.map(({ node }) => node)),
    read: () => rows.map(({ menu }) => (menu.value === "" ? null : Number(menu.value))),
    write(answer) {
      rows.forEach(({ menu }, at) => {
        menu.value = String(answer?.[at] ?? "");
      });
    },
    noteAt: (place) => rows[place].notes,
  };
}

register("match", match);
