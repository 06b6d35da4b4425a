/** An order with the step at one position moved up or down, or the same order at its ends. */
export function moved(order, at, by) {
  const to = at + by;
  if (to < 0 || to >= order.length) return order;
  const next = [...order];
  [next[at], next[to]] = [next[to], next[at]];
  return next;
}

/** A list whose steps move up and down by buttons; the focus stays with the step that moved. */
function ordering(question) {
  const first = question.options.map((_, place) => place);
  let order = null;
  const said = live("span", "cq-hidden");
  const list = make("ol", { class: "cq-order" });
  const notes = question.options.map(() => make("div", { class: "cq-notes" }));
  const plain = question.options.map((text) => isolated(make("span", { html: text }).textContent));
  const steps = question.options.map((text, place) => {
    const button = (by, sign, label) => {
      const made = control("button", { type: "button", class: "cq-button cq-quiet cq-move", "aria-label": label }, sign);
      made.addEventListener("click", () => {
        const now = order ?? first;
        const next = moved(now, now.indexOf(place), by);
        if (next === now) return;
        order = next;
        arrange();
        const at = order.indexOf(place);
        (made.disabled ? made.parentElement.querySelector("button:not(:disabled)") : made).focus();
        said.textContent = say("moved", { step: plain[place], at: at + 1, n: order.length });
        made.dispatchEvent(new Event("change", { bubbles: true }));
      });
      return made;
    };
    const up = button(-1, "↑", say("up", { step: plain[place] }));
    const down = button(1, "↓", say("down", { step: plain[place] }));
    return { up, down, node: make("li", {}, make("span", { class: "cq-moves" }, up, down), make("span", { html: text }), notes[place]) };
  });
  const arrange = () => {
    const now = order ?? first;
    const focused = list.getRootNode().activeElement;
    now.forEach((place, at) => {
      const { node, up, down } = steps[place];
      up.disabled = at === 0;
      down.disabled = at === now.length - 1;
      if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
    });
    if (list.contains(focused) && !focused.disabled) focused.focus();
  };
  arrange();
  return {
    node: make("div", {}, list, said),
    read: () => order,
    write: (answer) => { order = answer ?? null; arrange(); },
    noteAt: (place) => notes[place],
  };
}

Object.assign(INPUTS, { order: ordering });
