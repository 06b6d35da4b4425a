import { control, make } from "./dom.js";

/**
 * Labelled boxes of one name, one for each text.
 * @param {string} name
 * @param {"radio" | "checkbox"} type
 * @param {Node[]} texts
 */
export const boxes = (name, type, texts) =>
  texts.map((text, value) => {
    const input = control("input", { type, name, value });
    return { input, label: make("label", { class: "cq-choice" }, input, text) };
  });

/**
 * One of some boxes; nothing is chosen at first.
 * @param {string} name
 * @param {Node[]} texts
 */
export function radios(name, texts) {
  const all = boxes(name, "radio", texts);
  return {
    node: make("div", { class: "cq-choices" }, ...all.map(({ label }) => label)),
    read() {
      const at = all.findIndex(({ input }) => input.checked);
      return at < 0 ? null : at;
    },
    /** @param {number | null | undefined} chosen */
    write(chosen) {
      all.forEach(({ input }, at) => {
        input.checked = chosen === at;
      });
    },
  };
}
