// A picture with controls: what they say goes to Python, picture and words come back.

const WAIT = 3000;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// JupyterLab takes arrows and letters typed on controls as its own commands unless each says otherwise.
const control = (tag, attributes, ...children) =>
  make(tag, { "data-lm-suppress-shortcuts": "true", ...attributes }, ...children);

/** What a slider at this place is called. */
export const shownText = (texts, value) => texts?.[value] ?? String(value);

/** Says a text in an element, which is marked where the text is in the language of the lessons. */
function tell(node, text, ofLessons) {
  node.textContent = text;
  for (const [name, value] of Object.entries(OF_LESSONS)) ofLessons ? node.setAttribute(name, value) : node.removeAttribute(name);
}

/** The first sentence of a text, to be read out when the picture has changed. */
export const firstSentence = (text) => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

function inputs(told, uid) {
  const id = `${uid}-${told.name}`;
  if (told.kind === "choice") {
    const menu = control("select", { id, class: "cx-menu" }, ...told.texts.map((text, value) => make("option", { value, ...(told.named.includes(value) ? OF_LESSONS : {}) }, text)));
    menu.value = told.value;
    return { node: make("div", { class: "cx-control" }, make("label", { for: id }, told.label), menu), read: () => Number(menu.value) };
  }
  if (told.kind === "switch") {
    const box = control("input", { type: "checkbox", id });
    box.checked = told.value;
    return { node: make("div", { class: "cx-control cx-switch" }, box, make("label", { for: id }, told.label)), read: () => box.checked };
  }
  if (told.kind === "search") {
    const field = control("input", { type: "search", id, class: "cx-search", autocomplete: "off", ...OF_LESSONS });
    return { node: make("div", { class: "cx-control" }, make("label", { for: id }, told.label), field), read: () => field.value };
  }
  const slider = control("input", { type: "range", id, min: told.low, max: told.high, step: told.step });
  slider.value = told.value;
  // The slider says its own value; said twice it would be noise.
  const output = make("output", { for: id, "aria-live": "off" });
  const show = () => {
    output.textContent = shownText(told.texts, slider.value);
    slider.setAttribute("aria-valuetext", output.textContent);
  };
  slider.addEventListener("input", show);
  show();
  return { node: make("div", { class: "cx-control" }, make("label", { for: id }, told.label), slider, output), read: () => Number(slider.value) };
}

function render({ model, el, constants }) {
  const uid = `cx${Math.random().toString(36).slice(2, 9)}`;
  const parts = constants.controls.map((told) => ({ name: told.name, ...inputs(told, uid) }));
  const image = make("img", { class: "cx-picture", alt: "", ...OF_LESSONS });
  const caption = make("figcaption");
  const table = make("div");
  const numbers = make("details", { class: "cx-numbers" }, control("summary", {}, constants.numbers), table);
  const status = make("p", { class: "cx-status", role: "status", "aria-live": "polite" });
  const form = make("form", { class: "cx-controls" }, make("fieldset", {}, make("legend", {}, constants.title), ...parts.map(({ node }) => node)));
  el.replaceChildren(make("div", { class: "cx", lang: WORDS.language, dir: WORDS.direction }, form, make("figure", {}, image, caption), numbers, status));

  let url = "";
  let newest = 0;
  const paint = async () => {
    const turn = ++newest;
    const next = URL.createObjectURL(new Blob([model.get("picture")], { type: "image/png" }));
    const ready = new Image();
    ready.src = next;
    // Shown only when it is whole, so that nothing flickers.
    await ready.decode().catch(() => {});
    if (turn !== newest) return URL.revokeObjectURL(next);
    image.src = next;
    if (url) URL.revokeObjectURL(url);
    url = next;
  };
  const report = (first) => {
    const { alt, caption: words, problem, ours, numbers: rows } = model.get("told");
    image.alt = alt;
    if (words !== undefined) caption.innerHTML = words; // cleaned and marked in Python
    if (rows !== undefined) table.innerHTML = rows; // likewise
    tell(status, problem || (first ? "" : firstSentence(alt)), !ours);
    status.classList.toggle("cx-problem", Boolean(problem));
  };

  // One question at a time: while Python draws, only the newest wish waits.
  let asked = null;
  let wish = false;
  let timer;
  const ask = () => {
    if (asked) { wish = true; return; }
    asked = `${uid}-${Math.random().toString(36).slice(2, 9)}`;
    wish = false;
    clearTimeout(timer);
    timer = setTimeout(() => tell(status, say("silent"), false), WAIT);
    try {
      model.send({ values: Object.fromEntries(parts.map(({ name, read }) => [name, read()])), numbers: numbers.open, id: asked });
    } catch {
      gone();
    }
  };
  const heard = () => {
    report(false);
    if (model.get("told").echo !== asked) return;
    clearTimeout(timer);
    asked = null;
    if (wish) ask();
  };
  const gone = () => { clearTimeout(timer); asked = "never"; tell(status, say("restarted"), false); };
  form.addEventListener("input", ask);
  numbers.addEventListener("toggle", () => { if (numbers.open) ask(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  model.on("change:picture", paint);
  model.on("change:told", heard);
  model.on("comm_live_update", gone);
  model.on("comm:close", gone);
  paint();
  report(true);
  return () => {
    clearTimeout(timer);
    newest += 1;
    if (url) URL.revokeObjectURL(url);
    model.off("change:picture", paint);
    model.off("change:told", heard);
    model.off("comm_live_update", gone);
    model.off("comm:close", gone);
  };
}

export default { render };
