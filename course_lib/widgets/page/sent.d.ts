// Written by `course tidy` from course_lib/widgets/page_types.py: what Python and a page send each other.
// Change it there, then run tidy.

export type Answer = number | string | (number | (number | null)[] | null)[] | null;

export type BackupMessage = DownloadMessage | RestoreMessage;

export type Control = ShownSlider | ShownChoice | ShownSwitch | ShownSearch;

export type ControlValue = boolean | number | string;

export type Mode = "end" | "practice" | "survey" | "test";

export type PortfolioReply = PortfolioProblem | PortfolioFile;

export type Question = ShownSingle | ShownMultiple | ShownNumber | ShownWord | ShownGrid | ShownMatrix | ShownMatch | ShownOrder | ShownProbability | ShownText;

export type State = "kept" | "not_yet" | "right" | "unanswered";

/** What an answer looks like, by type of question. */
export interface Answers {
  single: number | null;
  multiple: number[];
  number: string;
  word: string;
  grid: (number | null)[];
  matrix: ((number | null)[])[];
  match: (number | null)[];
  order: number[] | null;
  probability: number | null;
  text: string;
}

/** A condition on a number, as languages.Relation has it. */
export interface PluralRelation {
  operand: "e" | "f" | "i" | "n" | "t" | "v" | "w";
  ranges: number[][];
  modulus?: number;
  negated?: boolean;
}

/**
 * What a page says: the messages of a bundle, their language, and that of the lessons if another.
 *
 * plural has, for each form that a number can take but the last, alternatives of conditions.
 */
export interface Catalogue {
  language: string;
  direction: "ltr" | "rtl";
  lessons: string | null;
  plural: Record<string, PluralRelation[][]>;
  messages: Record<string, string | Record<string, string>>;
}

/** A row of a question: its text as HTML, and what it is called. */
export interface ShownRow {
  text: string;
  ref?: string;
}

/** One of some options. */
export interface ShownSingle {
  type: "single";
  options: string[];
  order?: number[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** As many of some options as are right. */
export interface ShownMultiple {
  type: "multiple";
  options: string[];
  order?: number[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** A number, with its unit, and to how many decimals it is asked where that is told. */
export interface ShownNumber {
  type: "number";
  unit?: string;
  decimals?: number | null;
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** A word or a few. */
export interface ShownWord {
  type: "word";
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** One of the choices for each row. */
export interface ShownGrid {
  type: "grid";
  choices: string[];
  rows: ShownRow[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** One of the choices for each row under each column. */
export interface ShownMatrix {
  type: "matrix";
  choices: string[];
  columns: string[];
  rows: ShownRow[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** What belongs to each row. */
export interface ShownMatch {
  type: "match";
  choices: string[];
  rows: ShownRow[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** Steps as HTML, mixed. */
export interface ShownOrder {
  type: "order";
  options: string[];
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** A probability in percent. */
export interface ShownProbability {
  type: "probability";
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** A text of at least so many words, in a field of so many lines. */
export interface ShownText {
  type: "text";
  minimum: number;
  lines: number;
  id: string;
  stem: string;
  more?: string;
  hints?: number;
  graded?: boolean;
  sure?: number;
}

/** A note on an answer as HTML: on the whole item, or on an option, row or step (row:2). */
export interface ShownNote {
  where: string;
  right: boolean | null;
  html: string;
}

/**
 * One of the numbers that a typed text can mean: what is written into the field for it, and its label.
 *
 * value is the answer that the text then is, where it is not the text itself.
 */
export interface ReadingChoice {
  text: string;
  label: string;
  value?: number | null;
}

/**
 * What was read of the text of, as a sentence beside the field, and the choice where it can be two.
 *
 * value is the answer that was read, where that is a number; of is empty for what was no text.
 */
export interface ShownReading {
  says: string;
  of?: string;
  value?: number | null;
  choices?: ReadingChoice[];
}

/**
 * What became of a question: the answer that stands in the form, the graded one, and its notes.
 *
 * reading what was read of a number that stands in the form; of a forecast the answer may be a text, which
 * is not lodged before its reading was seen.
 * tell whether the student may ask for the answer; echo the name of the message that this replies to.
 */
export interface Entry {
  answer: Answer;
  graded: Answer;
  state: State | null;
  attempt: number;
  notes: ShownNote[];
  hints: string[];
  sure: number | null;
  locked: boolean;
  revealed: string;
  problem: string;
  tell: boolean;
  reading: ShownReading | null;
  echo: string | null;
}

/** Which page sent a message, as its how many-th, and the name under which it is replied to. */
export interface Stamp {
  page: string;
  turn: number;
  id: string;
}

/** What stands in the form of a question: the answer, and how sure the student is of it. */
export interface FormState {
  answer: Answer;
  sure: number | null;
}

/** What a student does with one question. */
export interface QuizMessage {
  kind: "answer" | "draft" | "hint" | "reveal";
  item: string;
  answer: Answer;
  sure: number | null;
  page: string;
  turn: number;
  id: string;
}

/** All questions of a group, to be graded or kept together. */
export interface FinishMessage {
  kind: "finish";
  answers: Record<string, Answer>;
  sure: Record<string, number | null>;
  page: string;
  turn: number;
  id: string;
}

/** A number between two ends; with texts it counts through them and shows the text. */
export interface ShownSlider {
  kind: "slider";
  name: string;
  label: string;
  value: number;
  low: number;
  high: number;
  step: number;
  texts?: string[];
}

/** One of some texts, by its place; named are the places of those in the language of the lessons. */
export interface ShownChoice {
  kind: "choice";
  name: string;
  label: string;
  value: number;
  texts: string[];
  named?: number[];
}

/** Something that is on or off. */
export interface ShownSwitch {
  kind: "switch";
  name: string;
  label: string;
  value: boolean;
}

/** A text to look for. */
export interface ShownSearch {
  kind: "search";
  name: string;
  label: string;
  value: string;
}

/** What is explored, the controls, and the words above the table that can be folded out. */
export interface ShownExplorer {
  title: string;
  controls: Control[];
  numbers: string;
}

/**
 * What is said of a picture: alternative text, caption and table as HTML, or why it cannot be drawn.
 *
 * ours whether the problem is in the language of the interface; echo the step that this replies to.
 */
export interface PictureText {
  alt: string;
  caption?: string;
  numbers?: string;
  problem?: string;
  ours?: boolean;
  echo?: string;
}

/** What the controls say, whether the table is open, and the name of the step. */
export interface StepMessage {
  values: Record<string, ControlValue>;
  numbers: boolean;
  id: string;
}

/** The student wants all answers as one file. */
export interface DownloadMessage {
  kind: "download";
}

/** The student brings such a file back. */
export interface RestoreMessage {
  kind: "restore";
  text: string;
}

/** The file with all answers. */
export interface WorkFile {
  kind: "file";
  text: string;
}

/** The student wants the portfolio in one of its forms, with this name on it. */
export interface PortfolioMessage {
  kind: "portfolio";
  form: "html" | "md";
  name: string;
}

/** Why there is no portfolio. */
export interface PortfolioProblem {
  kind: "told";
  text: string;
}

/** The portfolio: a file, and what is said when it is handed out. */
export interface PortfolioFile {
  kind: "file";
  name: string;
  type: string;
  text: string;
  told: string;
}
