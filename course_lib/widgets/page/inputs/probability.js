/** @import { Input, ShownProbability } from "../page.js" */

import { control, make } from "../dom.js";
import { register } from "../inputs.js";
import { say } from "../messages.js";

/**
 * Slider and field for one probability; nothing is set until one of them is touched. What is typed is a text
 * until Python has read it as a number and this has been shown: from then on that text stands for the number.
 * @type {(question: ShownProbability, uid: string) => Input<number | string | null>}
 */
function probability(_question, uid) {
  const id = `${uid}-p`;
  const field = control("input", {
    type: "text",
    inputmode: "decimal",
    id,
    class: "cq-number",
    autocomplete: "off",
    dir: "auto",
    "aria-describedby": `${uid}-r`,
  });
  const slider = control("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    class: "cq-slider",
    "aria-label": say("percent"),
  });
  /** The numbers that texts stand for. @type {Map<string, number>} */
  const numbers = new Map();
  const read = () => (field.value.trim() === "" ? null : (numbers.get(field.value) ?? field.value));
  /** @param {string} text @param {number} number */
  const put = (text, number) => {
    numbers.set(text, number);
    field.value = text;
    slider.value = String(number);
  };
  slider.addEventListener("input", () => put(slider.value, Number(slider.value)));
  field.addEventListener("input", () => {
    if (field.value.trim() === "") slider.value = "50";
  });
  const label = make("label", { for: id }, `${say("probability")} `);
  return {
    node: make("div", { class: "cq-probability" }, label, field, make("span", {}, " %"), slider),
    read,
    write(answer) {
      // A text that stands for this number already is left as the student wrote it.
      if (answer === read()) return;
      if (typeof answer === "number") put(String(answer), answer);
      else field.value = answer ?? "";
    },
    noteAt: () => null,
    heard({ of = "", value }) {
      if (of !== field.value) return typeof value === "number" && value === read();
      if (typeof value === "number") put(of, value);
      else slider.value = "50";
      return true;
    },
    choose({ text, value }) {
      if (typeof value === "number") put(text, value);
      field.focus();
    },
  };
}

register("probability", probability);
