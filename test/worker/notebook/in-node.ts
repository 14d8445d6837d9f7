import {readFile} from "node:fs/promises";
import path from "node:path";
import {decodePhoto} from "../../../scripts/evaluate/photo.js";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import type {Model} from "../../../src/engine/model.js";
import type {Photo} from "../../../src/engine/photo.js";
import type {Cell} from "../../../src/notebook/notebook.js";
import type {Surroundings} from "../../../src/worker/notebook/engine-names.js";
import {createKernel} from "../../../src/worker/notebook/kernel.js";
import type {FromCells} from "../../../src/worker/notebook/messages.js";
import {scopeOf} from "../../../src/worker/notebook/scope.js";

const SAMPLES = path.resolve(import.meta.dirname, "../../../data/samples");

const photos = new Map<string, Promise<Photo>>();

/** A sample as the page decodes it, but for the decoder; the same each time, as nothing changes one. */
export function samplePhoto(id: string): Promise<Photo> {
  const photo = photos.get(id) ?? decoded(id);
  photos.set(id, photo);
  return photo;
}

async function decoded(id: string): Promise<Photo> {
  const {width, height, rgb} = await decodePhoto(await readFile(path.join(SAMPLES, `${id}.jpg`)), id);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return {width, height, rgba};
}

let nano: Promise<Model> | undefined;

/** What the names need, in Node: samples, and the bundled network. */
export function surroundings(signal = new AbortController().signal): Surroundings {
  return {
    photo: (name) => samplePhoto(name ?? "dog"),
    model: () => (nano ??= modelNamed("nano")),
    turns: () => ({signal})
  };
}

/**
 * A notebook's cells as a reader sees them, run in Node.
 *
 * @param onDevice waits for what a cell computes, and may refuse it
 */
export function notebookInNode(
  scope: Readonly<Record<string, unknown>> = scopeOf(surroundings()),
  onDevice: Parameters<typeof createKernel>[0]["onDevice"] = (work) => work
) {
  const told: FromCells[] = [];
  let listeners: (() => void)[] = [];
  const kernel = createKernel({
    scope,
    tell(message) {
      told.push(message);
      for (const listener of listeners) listener();
    },
    onRun: () => {},
    onDevice
  });
  const last = (id: number) =>
    told.findLast((message): message is Extract<FromCells, {kind: "done" | "failed"}> => {
      return (message.kind === "done" || message.kind === "failed") && message.id === id;
    });
  return {
    kernel,
    told,
    last,
    /** How often a cell ran. */
    runs: (id: number) => told.filter((message) => message.kind === "running" && message.id === id).length,
    /** Does something, and waits until each of the cells was told of anew. */
    async after(ids: readonly number[], action: () => void) {
      const from = told.length;
      const isThere = () => {
        const since = told.slice(from);
        return ids.every((id) => since.some((message) => (message.kind === "done" || message.kind === "failed") && message.id === id));
      };
      const came = new Promise<void>((resolve) => {
        const listener = () => isThere() && resolve();
        listeners = [listener];
        action();
        listener();
      });
      await came;
    },
    /** Defines cells of JavaScript by their numbers, or with their mode, and waits until all were told of. */
    async define(cells: Readonly<Record<number, string | Pick<Cell, "mode" | "text">>>, also: readonly number[] = []) {
      const list = Object.entries(cells).map(([id, cell]) => ({
        id: Number(id),
        ...(typeof cell === "string" ? {mode: "js" as const, text: cell} : cell)
      }));
      await this.after([...list.map(({id}) => id), ...also], () => kernel.define(list));
    },
    /** What stands under a cell, a tree in its words. */
    words(id: number) {
      const message = last(id);
      return message?.shown.map((each) => (each.kind === "tree" ? each.tree.text : each.kind === "markdown" ? each.text : each.kind));
    },
    message: (id: number) => {
      const message = last(id);
      return message?.kind === "failed" ? message.message : null;
    }
  };
}
