/** @import { Input, ShownMultiple, ShownSingle } from "../page.js" */

import { boxes } from "../boxes.js";
import { make } from "../dom.js";
import { register } from "../inputs.js";

/**
 * Options in the order in which they stand, each with a place for its notes.
 * @param {ShownSingle | ShownMultiple} question
 * @param {string} uid
 * @param {"radio" | "checkbox"} type
 */
function options(question, uid, type) {
  const texts = question.options.map((html) => make("span", { html }));
  const all = boxes(`${uid}-o`, type, texts);
  const notes = all.map(() => make("div", { class: "cq-notes" }));
  const order = question.order ?? all.map((_, at) => at);
  return {
    node: make("div", { class: "cq-options" }, ...order.flatMap((at) => [all[at].label, notes[at]])),
    notes,
    ticked: () => all.flatMap(({ input }, at) => (input.checked ? [at] : [])),
    /** @param {number[]} chosen */
    tick(chosen) {
      all.forEach(({ input }, at) => {
        input.checked = chosen.includes(at);
      });
    },
  };
}

/** @type {(question: ShownSingle, uid: string) => Input<number | null>} */
function single(question, uid) {
  const { node, ticked, tick } = options(question, uid, "radio");
  return {
    node,
    read: () => ticked()[0] ?? null,
    write: (answer) => tick(answer === null ? [] : [answer]),
    // It has one note, which is read out with the verdict.
    noteAt: () => null,
  };
}

/** @type {(question: ShownMultiple, uid: string) => Input<number[]>} */
function multiple(question, uid) {
  const { node, notes, ticked, tick } = options(question, uid, "checkbox");
  return { node, read: ticked, write: (answer) => tick(answer ?? []), noteAt: (place) => notes[place] };
}

register("single", single);
register("multiple", multiple);
