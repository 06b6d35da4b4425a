/** @import { Input, ShownProbability } from "../page.js" */

import { control, make } from "../dom.js";
import { register } from "../inputs.js";
import { say } from "../messages.js";

/**
 * Slider and field for one number from 0 to 100; nothing is set until one of them is touched.
 * @type {(question: ShownProbability, uid: string) => Input<number | null>}
 */
function probability(_question, uid) {
  const id = `${uid}-p`;
  const ends = { min: 0, max: 100 };
  const field = control("input", { type: "number", ...ends, step: "any", id, class: "cq-number", autocomplete: "off" });
  const slider = control("input", {
    type: "range",
    ...ends,
    step: 1,
    class: "cq-slider",
    "aria-label": say("percent"),
  });
  slider.addEventListener("input", () => {
    field.value = slider.value;
  });
  field.addEventListener("input", () => {
    slider.value = field.value === "" ? "50" : field.value;
  });
  /** @param {number | null} answer */
  const write = (answer) => {
    field.value = String(answer ?? "");
    slider.value = String(answer ?? 50);
  };
  write(null);
  const label = make("label", { for: id }, `${say("probability")} `);
  return {
    node: make("div", { class: "cq-probability" }, label, field, make("span", {}, " %"), slider),
    read: () => (field.value === "" || !field.validity.valid ? null : Number(field.value)),
    write,
    noteAt: () => null,
  };
}

register("probability", probability);
