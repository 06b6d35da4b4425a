/** A number, or a word or a few. */
function line(question, uid) {
  const field = control("input", { type: "text", inputmode: question.type === "word" ? "text" : "decimal", autocomplete: "off", dir: "auto", id: `${uid}-n`, class: "cq-number" });
  const unit = question.unit ? make("span", { class: "cq-unit", id: `${uid}-u`, ...OF_LESSONS }, question.unit) : "";
  if (unit) field.setAttribute("aria-describedby", `${uid}-u`);
  const node = make("div", {}, make("label", { for: `${uid}-n` }, `${say("answer")} `), field, " ", unit);
  return { node, read: () => field.value, write: (answer) => { field.value = answer ?? ""; }, noteAt: () => null };
}

/** A text of some length. */
function essay(question, uid) {
  const field = control("textarea", { id: `${uid}-t`, class: "cq-text", dir: "auto", rows: question.lines, "aria-describedby": `${uid}-m` });
  const least = make("p", { class: "cq-least", id: `${uid}-m` }, say("least", { n: question.minimum }));
  const node = make("div", {}, make("label", { for: `${uid}-t` }, say("text")), field, least);
  return { node, read: () => field.value, write: (answer) => { field.value = answer ?? ""; }, noteAt: () => null };
}

Object.assign(INPUTS, { number: line, word: line, text: essay });
