// What Python read of a number that is being typed: a sentence beside the field, and buttons where it can be two.

/** @import { Input, ReadingChoice, ShownReading } from "./page.js" */

import { button, live, make, put } from "./dom.js";

/**
 * The place for it. What was read of another text than the one that stands in the field is not shown.
 * @param {Input} parts
 * @param {string} uid what names in it begin with
 * @param {() => void} changed what happens once a number was chosen
 */
export function readingLine(parts, uid, changed) {
  const sentence = live("p", "cq-read");
  sentence.id = `${uid}-r`;
  const choices = make("div", { class: "cq-buttons", role: "group", "aria-labelledby": sentence.id });
  choices.hidden = true;
  const node = make("div", { class: "cq-reading" }, sentence, choices);
  let shown = "";
  /** @param {ReadingChoice} choice */
  const offer = (choice) => {
    const one = button(choice.label, "cq-quiet");
    one.addEventListener("click", () => {
      parts.choose?.(choice);
      changed();
    });
    return one;
  };
  return {
    node,
    /** @param {ShownReading | null} reading */
    show(reading) {
      const fitting = reading && parts.heard?.(reading) ? reading : null;
      const text = JSON.stringify(fitting);
      if (text === shown) return;
      shown = text;
      put(sentence, fitting?.says ?? "");
      choices.replaceChildren(...(fitting?.choices ?? []).map(offer));
      choices.hidden = !fitting?.choices?.length;
    },
  };
}
