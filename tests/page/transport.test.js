// The way to Python: messages are numbered, each silence is told once it is long, and only one wish waits.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { speak } from "../../course_lib/widgets/page/messages.js";
import { numbered, oneAtATime, WAIT } from "../../course_lib/widgets/page/transport.js";
import { catalogue } from "./catalogue.js";

const words = await catalogue("page.quiz");
const { silent, restarted } = words.messages;
speak(words);
mock.timers.enable({ apis: ["setTimeout"] });
beforeEach(() => mock.timers.reset());
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));

const node = () => ({ textContent: "" });
const broken = () => {
  throw new Error("no comm");
};

test("messages of a page are numbered from one and named after it", () => {
  const link = numbered();
  const sent = [];
  const names = [1, 2].map(() => link.send(node(), (stamp) => sent.push(stamp)));
  assert.deepEqual(
    sent.map(({ turn }) => turn),
    [1, 2],
  );
  assert.deepEqual(
    sent.map(({ id }) => id),
    names,
  );
  assert.ok(names.every(link.mine));
  assert.ok(!numbered().mine(names[0]));
  assert.ok(!link.mine(null));
  link.close();
});

test("a message without an answer is told of when it is long, one that was heard is not", () => {
  const link = numbered();
  const [late, heard] = [node(), node()];
  link.send(late, () => {});
  link.heard(link.send(heard, () => {}));
  mock.timers.tick(WAIT - 1);
  assert.equal(late.textContent, "");
  mock.timers.tick(1);
  assert.equal(late.textContent, silent);
  assert.equal(heard.textContent, "");
});

test("when Python is gone every question says so, and so does each later one", () => {
  const link = numbered();
  const [watched, other] = [node(), node()];
  link.watch(watched);
  link.send(other, broken);
  assert.equal(watched.textContent, restarted);
  mock.timers.tick(WAIT);
  assert.equal(other.textContent, "");
  link.send(other, () => {});
  assert.equal(other.textContent, restarted);
});

test("while one step is drawn only the newest wish waits", () => {
  const sent = [];
  const link = oneAtATime(
    (id) => sent.push(id),
    () => {},
  );
  link.ask();
  link.ask();
  link.ask();
  assert.equal(sent.length, 1);
  link.heard("another page's");
  assert.equal(sent.length, 1);
  link.heard(sent[0]);
  assert.equal(sent.length, 2);
  link.heard(sent[1]);
  assert.equal(sent.length, 2);
  link.close();
});

test("a step without an answer is told of, and a page whose Python is gone asks no more", () => {
  const [sent, told] = [[], []];
  const link = oneAtATime(
    (id) => sent.push(id),
    (text) => told.push(text),
  );
  link.ask();
  mock.timers.tick(WAIT);
  assert.deepEqual(told, [silent]);
  link.lost();
  link.ask();
  assert.deepEqual(told, [silent, restarted]);
  assert.equal(sent.length, 1);
});
