// The ways to answer, by type of question. Each module in inputs/ adds its own, and a page gets those it needs.

/** @import { Answers, Input, Question } from "./page.js" */

// What stands in a form: a forecast is a text until its number was read.
/** @typedef {{ [T in Question["type"]]: Answers[T] | (T extends "probability" ? string : never) }} Given */

/**
 * @template {Question["type"]} T
 * @typedef {{ make(question: Extract<Question, { type: T }>, uid: string): Input<Given[T]> }["make"]} MakeInput
 */

/** @typedef {Record<Question["type"], { make(question: Question, uid: string): Input }["make"]>} Inputs */

// Python sends with each page the inputs for the questions that it sends.
const INPUTS = /** @type {Inputs} */ ({});

/**
 * Makes a way to answer known.
 * @template {Question["type"]} T
 * @param {T} type
 * @param {MakeInput<T>} make
 */
export function register(type, make) {
  Object.assign(INPUTS, { [type]: make });
}

/**
 * The input of a question.
 * @param {Question} question
 * @param {string} uid what names in it begin with
 */
export const inputFor = (question, uid) => INPUTS[question.type](question, uid);
