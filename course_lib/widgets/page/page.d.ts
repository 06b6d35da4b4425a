// What the modules of a page hand to each other, beside what comes from Python (sent.d.ts).

import type {
  Answer,
  BackupMessage,
  Entry,
  FinishMessage,
  Mode,
  PictureText,
  PortfolioMessage,
  PortfolioReply,
  QuizMessage,
  ReadingChoice,
  ShownReading,
  StepMessage,
  WorkFile,
} from "./sent.js";

export * from "./sent.js";

/** The values that a message has places for. */
export type Values = Record<string, string | number>;

/**
 * A way to answer: its node, what stands in it, and where notes on a part of it go. Where a number is typed it
 * hears what was read, says whether that is of what stands in it, and takes a choice.
 */
export interface Input<A extends Answer = Answer> {
  node: HTMLElement;
  read(): A;
  write(answer: A | null): void;
  noteAt(place: number): HTMLElement | null;
  heard?(reading: ShownReading): boolean;
  choose?(choice: ReadingChoice): void;
}

/** The part of a widget's model that anywidget hands to a page: traits by name, and messages both ways. */
export interface Model<Traits, Sends = never, Hears = never> {
  get<K extends keyof Traits>(name: K): Traits[K];
  set<K extends keyof Traits>(name: K, value: Traits[K]): void;
  send(message: Sends): void;
  on(event: "msg:custom", hear: (message: Hears) => void): void;
  on(event: string, hear: () => void): void;
  off(event: "msg:custom", hear: (message: Hears) => void): void;
  off(event: string, hear: () => void): void;
}

/** Any of them, to be told when Python is gone. */
export interface AnyModel {
  on(event: string, hear: () => void): void;
  off(event: string, hear: () => void): void;
}

export type QuizModel = Model<{ answers: Record<string, Partial<Entry>>; mode: Mode }, QuizMessage | FinishMessage>;
export type ExplorerModel = Model<{ picture: BlobPart; told: PictureText }, StepMessage>;
export type BackupModel = Model<{ told: string }, BackupMessage, WorkFile>;
export type PortfolioModel = Model<{ summary: string }, PortfolioMessage, PortfolioReply>;

/** What a page is given to draw a widget: its model, where to draw, and what never changes. */
export interface Rendered<M, Constants> {
  model: M;
  el: HTMLElement;
  constants: Constants;
}

/** What every bundle but the one that unpacks them hands over. */
export interface Widget {
  render(given: Rendered<unknown, unknown>): () => void;
}

/** The whole model, of which a page is given a part: what unpack.js needs of it. */
export interface WholeModel {
  constructor: { prototype: object };
  comm?: { on_msg(hear: (message: unknown) => void): void };
  unset(name: string, options: { silent: boolean }): void;
}

type PackedTraits = Model<{ script: string; code: BlobPart; constants: BlobPart; heard: boolean }>;

/** What every widget's model has. */
export interface PackedModel extends Pick<PackedTraits, "get" | "set"> {
  on(event: "change:heard", hear: (whole: WholeModel) => void): void;
}
