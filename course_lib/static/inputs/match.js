/** One menu for each thing to be matched. */
function matching(question, uid) {
  const rows = question.rows.map((row, at) => {
    const menu = control("select", { id: `${uid}-s${at}`, class: "cq-menu" },
      make("option", { value: "" }, say("choose")), ...question.choices.map((text, n) => make("option", { value: n, ...OF_LESSONS }, text)));
    const notes = make("div", { class: "cq-notes" });
    const node = make("div", { class: "cq-row" }, make("label", { for: `${uid}-s${at}`, html: row.text }), menu, notes);
    return { menu, notes, node };
  });
  return {
    node: make("div", {}, ...rows.map(({ node }) => node)),
    read: () => rows.map(({ menu }) => (menu.value === "" ? null : Number(menu.value))),
    write: (answer) => rows.forEach(({ menu }, at) => { menu.value = answer?.[at] ?? ""; }),
    noteAt: (place) => rows[place].notes,
  };
}

Object.assign(INPUTS, { match: matching });
