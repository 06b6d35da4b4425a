/** Slider and field for one number from 0 to 100; nothing is set until one of them is touched. */
function probability(question, uid) {
  const field = control("input", { type: "number", min: 0, max: 100, step: "any", id: `${uid}-p`, class: "cq-number", autocomplete: "off" });
  const slider = control("input", { type: "range", min: 0, max: 100, step: 1, class: "cq-slider", "aria-label": say("percent") });
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value === "" ? 50 : field.value; });
  const read = () => (field.value === "" || !field.validity.valid ? null : Number(field.value));
  const write = (answer) => { field.value = answer ?? ""; slider.value = answer ?? 50; };
  write(null);
  const node = make("div", { class: "cq-probability" }, make("label", { for: `${uid}-p` }, `${say("probability")} `), field, make("span", {}, " %"), slider);
  return { node, read, write, noteAt: () => null };
}

Object.assign(INPUTS, { probability });
