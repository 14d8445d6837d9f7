/** What the page and the worker that runs its cells say to each other. Plain data only. */
import type {Photo} from "../../engine/photo.js";
import type {Cell, Place} from "../../notebook/notebook.js";
import type {BackendId, Capabilities, Progress} from "../protocol.js";
import type {Shown} from "./shown.js";

/** A model that cells can ask for. */
export interface NamedModel {
  readonly id: string;
  readonly url: string;
}

/** Page to worker. */
export type ToCells =
  /** The first message. @param models the one first that is taken where nobody names one @param backend "auto" for the best there is */
  | {readonly kind: "start"; readonly models: readonly NamedModel[]; readonly backend: BackendId | "auto"}
  /** Defines cells, or those that were defined by their ids before, anew. */
  | {readonly kind: "define"; readonly cells: readonly Cell[]}
  | {readonly kind: "remove"; readonly ids: readonly number[]}
  /** The reader set an input of a cell. */
  | {readonly kind: "set"; readonly id: number; readonly place: number; readonly value: unknown}
  /** The answer to a question. */
  | {readonly kind: "answer"; readonly question: number; readonly photo: Photo}
  | {readonly kind: "no answer"; readonly question: number; readonly message: string}
  /** Another photo is the chosen one. */
  | {readonly kind: "photo chosen"}
  | {readonly kind: "fetched?"};

/** Worker to page. */
export type FromCells =
  | {readonly kind: "started"; readonly capabilities: Capabilities}
  /** What cells have on the graphics device is worthless from now on. */
  | {readonly kind: "device lost"}
  | {readonly kind: "not started"; readonly message: string}
  /** What a cell names, once that is known. */
  | {readonly kind: "named"; readonly id: number; readonly names: readonly string[]}
  /** It runs from now on. */
  | {readonly kind: "running"; readonly id: number}
  | {readonly kind: "done"; readonly id: number; readonly shown: readonly Shown[]}
  | {readonly kind: "failed"; readonly id: number; readonly message: string; readonly place: Place | null; readonly shown: readonly Shown[]}
  /** Which photo a name means; null stands for the chosen one. */
  | {readonly kind: "ask photo"; readonly question: number; readonly name: string | null}
  | {readonly kind: "progress"; readonly progress: Progress}
  /** Addresses of what was fetched so far. */
  | {readonly kind: "fetched"; readonly addresses: readonly string[]};
