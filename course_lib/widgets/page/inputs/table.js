/** @import { Input, ShownGrid, ShownMatrix, ShownRow } from "../page.js" */

import { radios } from "../boxes.js";
import { control, make } from "../dom.js";
import { register } from "../inputs.js";
import { ofLessons } from "../messages.js";

// From this many places to click on, a grid is set as a table where there is room.
const LARGE = 100;
// After so many rows of a table its column heads stand again: an output cannot keep them in view.
const HEADS = 8;

/**
 * Rows under column heads. On a wide page the heads stand above; on a narrow one each input has its own.
 * @param {string[]} columns
 * @param {Node[]} rows
 */
function table(columns, rows) {
  const names = () => columns.map((text) => make("span", ofLessons(), text));
  const heads = () => make("div", { class: "cq-heads", "aria-hidden": "true" }, make("span"), ...names());
  const node = make("div", { class: "cq-table" }, ...rows.flatMap((row, at) => (at % HEADS ? [row] : [heads(), row])));
  node.style.setProperty("--cq-columns", String(columns.length));
  return node;
}

/** @param {ShownRow} row */
function rowName(row) {
  const reference = row.ref ? make("span", { class: "cq-ref", ...ofLessons() }, `${row.ref} `) : "";
  return make("legend", {}, reference, make("span", { html: row.text }));
}

/**
 * One menu for each row under each column.
 * @type {(question: ShownMatrix, uid: string) => Input<(number | null)[][]>}
 */
function matrix(question, uid) {
  const rows = question.rows.map((row, at) => {
    const menus = question.columns.map((_, n) => {
      const choices = question.choices.map((text, value) => make("option", { value, ...ofLessons() }, text));
      const nothing = make("option", { value: "" }, "–");
      return control("select", { id: `${uid}-${at}-${n}`, class: "cq-menu" }, nothing, ...choices);
    });
    const cells = menus.map((menu, n) => {
      const label = make("label", { for: menu.id, ...ofLessons() }, question.columns[n]);
      return make("div", { class: "cq-cell" }, label, menu);
    });
    const notes = make("div", { class: "cq-notes" });
    return { menus, notes, node: make("fieldset", { class: "cq-row" }, rowName(row), ...cells, notes) };
  });
  return {
    node: table(
      question.columns,
      rows.map(({ node }) => node),
    ),
    read: () => rows.map(({ menus }) => menus.map(({ value }) => (value === "" ? null : Number(value)))),
    write(answer) {
      rows.forEach(({ menus }, at) => {
        menus.forEach((menu, n) => {
          menu.value = String(answer?.[at]?.[n] ?? "");
        });
      });
    },
    noteAt: (place) => rows[place].notes,
  };
}

/**
 * One choice for each row.
 * @type {(question: ShownGrid, uid: string) => Input<(number | null)[]>}
 */
function grid(question, uid) {
  const rows = question.rows.map((row, at) => {
    const texts = question.choices.map((text) => make("span", ofLessons(), text));
    const one = radios(`${uid}-${at}`, texts);
    const notes = make("div", { class: "cq-notes" });
    return { ...one, notes, node: make("fieldset", { class: "cq-row" }, rowName(row), one.node, notes) };
  });
  const nodes = rows.map(({ node }) => node);
  const large = rows.length * question.choices.length >= LARGE;
  return {
    node: large ? table(question.choices, nodes) : make("div", {}, ...nodes),
    read: () => rows.map(({ read }) => read()),
    write(answer) {
      rows.forEach(({ write }, at) => {
        write(answer?.[at]);
      });
    },
    noteAt: (place) => rows[place].notes,
  };
}

register("grid", grid);
register("matrix", matrix);
