// The way to Python: what is sent, in which order, whether it was heard, and what is said if it was not.

/** @import { AnyModel, Stamp } from "./page.js" */

import { put, unique } from "./dom.js";
import { say } from "./messages.js";

/** After so many milliseconds without an answer the reader is told. */
export const WAIT = 3000;

/**
 * Calls a function when Python is gone; returns what ends that.
 * @param {AnyModel} model
 * @param {() => void} gone
 */
export function whenLost(model, gone) {
  const events = ["comm_live_update", "comm:close"];
  for (const event of events) model.on(event, gone);
  return () => {
    for (const event of events) model.off(event, gone);
  };
}

/** Numbers messages, as their order can change on the way, and says so when one is long without an answer. */
export function numbered() {
  const page = unique("cq");
  let turn = 0;
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  const waiting = new Map();
  /** @type {Set<Node>} */
  const nodes = new Set();
  let dead = false;
  const lost = () => {
    dead = true;
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
    for (const node of nodes) put(node, say("restarted"));
  };
  return {
    /** Says in this node, too, that Python is gone. @param {Node} node */
    watch: (node) => nodes.add(node),
    /**
     * Sends a message with its number; what goes wrong is said in a node.
     * @param {Node} node
     * @param {(stamp: Stamp) => void} send
     */
    send(node, send) {
      turn += 1;
      const id = `${page}-${turn}`;
      if (dead) put(node, say("restarted"));
      else
        waiting.set(
          id,
          setTimeout(() => put(node, say("silent")), WAIT),
        );
      try {
        send({ page, turn, id });
      } catch {
        lost();
      }
      return id;
    },
    /** Whether this page sent the message with that name. @param {string | null | undefined} id */
    mine: (id) => Boolean(id?.startsWith(`${page}-`)),
    /** Python has answered the message with that name. @param {string | null | undefined} id */
    heard(id) {
      if (!id) return;
      clearTimeout(waiting.get(id));
      waiting.delete(id);
    },
    lost,
    close() {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

/**
 * One question at a time: while Python works on it, only the newest wish waits.
 * @param {(id: string) => void} send
 * @param {(text: string) => void} tell says what goes wrong
 */
export function oneAtATime(send, tell) {
  /** @type {string | null} */
  let asked = null;
  let wish = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const lost = () => {
    clearTimeout(timer);
    asked = "never";
    tell(say("restarted"));
  };
  const ask = () => {
    if (asked) {
      wish = true;
      return;
    }
    asked = unique("cx");
    wish = false;
    clearTimeout(timer);
    timer = setTimeout(() => tell(say("silent")), WAIT);
    try {
      send(asked);
    } catch {
      lost();
    }
  };
  return {
    ask,
    /** Python has answered the question with that name. @param {string | undefined} id */
    heard(id) {
      if (id !== asked) return;
      clearTimeout(timer);
      asked = null;
      if (wish) ask();
    },
    lost,
    close: () => clearTimeout(timer),
  };
}
