// Written by `course tidy` from course_lib/widgets/page_types.py: what Python and a page send each other.
// Change it there, then run tidy.

/** @import { Entry } from "./page.js" */

/**
 * What stands in for whatever Python does not send.
 * @type {Entry}
 */
export const BLANK = {
  answer: null,
  graded: null,
  state: null,
  attempt: 0,
  notes: [],
  hints: [],
  sure: null,
  locked: false,
  revealed: "",
  problem: "",
  tell: false,
  reading: null,
  echo: null,
};
