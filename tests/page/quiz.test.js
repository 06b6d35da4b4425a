// The page side of the quiz that needs no page: when answers are the same, what is said of it, which notes stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../course_lib/widgets/page/inputs/order.js";
import { speak } from "../../course_lib/widgets/page/messages.js";
import { repeats, review, rowsRight, same, standing, verdict } from "../../course_lib/widgets/page/verdict.js";
import { catalogue } from "./catalogue.js";

speak(await catalogue("page.quiz"));

const entry = (more) => ({ state: "not_yet", graded: 1, attempt: 1, notes: [], ...more });

test("an answer that is not there is the same as none", () => {
  assert.ok(same(undefined, null));
  assert.ok(same([0, null], [0, null]));
  assert.ok(!same(0, null));
  assert.ok(!same([0], [0, 1]));
});

test("nothing is said before the first check", () => {
  assert.deepEqual(verdict(entry({ state: null }), 1), ["", ""]);
});

test("each state has its icon and its words", () => {
  assert.deepEqual(verdict(entry({ state: "right" }), 1), ["✓", "Right"]);
  assert.deepEqual(verdict(entry(), 1), ["→", "Not right yet"]);
  assert.deepEqual(verdict(entry({ state: "unanswered", graded: null }), null), ["○", "Not answered yet"]);
  assert.deepEqual(verdict(entry({ state: "kept" }), 1), ["✓", "Saved"]);
});

test("what was handed in and is not right can be right no more", () => {
  assert.deepEqual(verdict(entry({ locked: true }), 1), ["→", "Not right"]);
});

test("attempts are counted from the second on", () => {
  assert.equal(verdict(entry({ attempt: 3 }), 1)[1], "Not right yet (attempt 3)");
});

test("a changed answer has no verdict yet", () => {
  assert.deepEqual(verdict(entry(), 2, "Check"), ["○", "Changed since the last time. Choose “Check” again."]);
});

test("a note stays with the row or tick it is about", () => {
  const row = (place) => ({ where: `row:${place}`, right: true, html: "" });
  const graded = entry({ graded: [0, 1, null], notes: [row(0), row(1), { where: "item", right: null, html: "" }] });
  assert.equal(standing(graded, [0, 1, null]).length, 3);
  assert.deepEqual(standing(graded, [0, 0, null]), [row(0)]);
  const cells = entry({
    graded: [
      [0, 1],
      [null, null],
    ],
    notes: [row(0), row(1)],
  });
  assert.deepEqual(
    standing(cells, [
      [0, 1],
      [2, null],
    ]),
    [row(0)],
  );
  const tick = (place) => ({ where: `option:${place}`, right: true, html: "" });
  const ticked = entry({ graded: [0, 2], notes: [tick(0), tick(2)] });
  assert.deepEqual(standing(ticked, [2]), [tick(2)]);
  assert.deepEqual(standing(entry({ notes: [tick(1)] }), 0), []);
});

test("right rows are counted among those chosen", () => {
  const notes = [
    { where: "row:0", right: true },
    { where: "row:4", right: false },
    { where: "item", right: null },
  ];
  assert.equal(rowsRight(notes), "1 of 2 rows you chose agree with the key.");
  assert.equal(rowsRight([{ where: "item", right: true }]), "");
});

test("a step stays marked while it stands where it was marked", () => {
  const step = (place) => ({ where: `step:${place}`, right: true, html: "" });
  const graded = entry({ graded: [2, 0, 1], notes: [step(2), step(1)] });
  assert.deepEqual(standing(graded, [2, 1, 0]), [step(2)]);
  assert.deepEqual(standing(graded, null), []);
  const below = { where: "step:2", right: false, html: "" };
  const wrong = entry({ graded: [2, 0, 1], notes: [below] });
  assert.deepEqual(standing(wrong, [2, 0, 1]), [below]);
  assert.deepEqual(standing(wrong, [2, 1, 0]), []);
});

test("a note that says what the verdict says has no sign of its own", () => {
  const [right, wrong, plain] = [{ right: true }, { right: false }, { right: null }];
  assert.equal(repeats(right, [right, plain], "right"), true);
  assert.equal(repeats(wrong, [wrong], "not_yet"), true);
  assert.equal(repeats(right, [right], "not_yet"), false);
  assert.equal(repeats(right, [right, right], "right"), false);
  assert.equal(repeats(plain, [plain], "right"), false);
  assert.equal(repeats(right, [right], null), false);
});

test("a step moves by one and stops at the ends", () => {
  assert.deepEqual(moved([2, 0, 1], 1, -1), [0, 2, 1]);
  assert.deepEqual(moved([2, 0, 1], 1, 1), [2, 1, 0]);
  const order = [2, 0, 1];
  assert.equal(moved(order, 0, -1), order);
  assert.equal(moved(order, 2, 1), order);
});

test("the review counts what is answered, what of it can be right, and what is open", () => {
  const entries = [
    { state: "right" },
    { state: "kept" },
    { state: null },
    { state: "unanswered" },
    { state: "not_yet" },
  ];
  assert.deepEqual(review(entries, [true, false, true, true, true]), {
    done: 3,
    total: 5,
    right: 1,
    marked: 4,
    open: [3, 4],
  });
});
