/** The entry of the worker that runs a notebook's cells. It owns a backend of its own: to stop it stops nothing else of the page. */
import type {Model} from "../../engine/model.js";
import type {Photo} from "../../engine/photo.js";
import {activateBackend, bestBackend, fetchAhead, probeBackends} from "../backends.js";
import {deviceLost, whileDeviceLasts} from "../device-lost.js";
import {tensorsOn} from "../protocol.js";
import {fetchModel} from "../fetch-model.js";
import {openShelf} from "../../shelf/shelf.js";
import type {Shelf} from "../../shelf/shelf.js";
import {siteUrl} from "../../site.js";
import {keptLast} from "../kept.js";
import {newPauses} from "../pauses.js";
import {confine} from "./confine.js";
import {createKernel} from "./kernel.js";
import type {Kernel} from "./kernel.js";
import type {FromCells, NamedModel, ToCells} from "./messages.js";
import {scopeOf} from "./scope.js";

/** Models and photos that are kept as they were read. */
const KEPT = 3;

const context = globalThis as unknown as DedicatedWorkerGlobalScope;
const tell = (message: FromCells) => context.postMessage(message);
const questions = new Map<number, {resolve(photo: Photo): void; reject(reason: Error): void}>();
let lastQuestion = 0;
const photos = keptLast<string, Promise<Photo>>(KEPT);
const models = keptLast<string, Promise<Model>>(KEPT);
const pauses = newPauses();
/** Ends what the cell is at that runs. */
let signal = new AbortController().signal;

/** The photo of a name, asked of the page, which decodes them as all pages do. */
function photo(name: string | null): Promise<Photo> {
  const known = photos.find(String(name));
  if (known) return known;
  const asked = new Promise<Photo>((resolve, reject) => {
    const question = ++lastQuestion;
    questions.set(question, {resolve, reject});
    tell({kind: "ask photo", question, name});
  });
  // What could not be had is asked for again.
  asked.catch(() => photos.clear());
  return photos.keep(String(name), asked);
}

/** Who asked a question; forgotten with its answer, which would else be kept for good. */
function answered(question: number) {
  const asker = questions.get(question);
  questions.delete(question);
  return asker;
}

function modelAmong(listed: readonly NamedModel[], shelf: Shelf | null): (id: string | null) => Promise<Model> {
  return async (id) => {
    const chosen = id === null ? listed[0] : listed.find((each) => each.id === id);
    if (!chosen) throw new RangeError(`There is no model "${id ?? ""}" here, but ${listed.map((each) => `"${each.id}"`).join(", ")}.`);
    const known = models.find(chosen.id);
    if (known) return known;
    const fetched = fetchModel(
      chosen.url,
      (progress) => tell({kind: "progress", progress}),
      async () => shelf
    );
    fetched.catch(() => models.clear());
    return models.keep(chosen.id, fetched);
  };
}

let kernel: Promise<Kernel> | undefined;

async function start({models: listed, backend}: Extract<ToCells, {kind: "start"}>): Promise<Kernel> {
  const backends = await probeBackends();
  // Cells compute with single operations, which our kernels leave to plain JavaScript.
  const best = tensorsOn(bestBackend(backends));
  tell({kind: "started", capabilities: {backends, best}});
  const wanted = backends.find(({id, available}) => available && id === backend)?.id ?? best;
  fetchAhead(wanted);
  await activateBackend(wanted);
  const shelf = await openShelf();
  // What the cells need of the browser is at hand: no cell runs before this.
  confine(context, siteUrl(""));
  const scope = scopeOf({photo, model: modelAmong(listed, shelf), turns: () => pauses.of(signal)});
  return createKernel({scope, tell, onRun: (begun) => (signal = begun), onDevice});
}

/** What is computed on a device that is lost meanwhile is no result. */
async function onDevice<T>(work: Promise<T>): Promise<T> {
  try {
    return await whileDeviceLasts(work);
  } catch (error) {
    if (deviceLost()) tell({kind: "device lost"});
    throw error;
  }
}

context.addEventListener("message", ({data}: MessageEvent<ToCells>) => {
  if (data.kind === "start") {
    kernel = start(data);
    kernel.catch((reason: Error) => tell({kind: "not started", message: reason.message}));
    return;
  }
  // In the order in which they came: all of them wait for the same.
  void kernel?.then((started) => answer(started, data));
});

function answer(started: Kernel, message: Exclude<ToCells, {kind: "start"}>): void {
  switch (message.kind) {
    case "define":
      return started.define(message.cells);
    case "remove":
      return started.remove(message.ids);
    case "set":
      return started.set(message.id, message.place, message.value);
    case "answer":
      return answered(message.question)?.resolve(message.photo);
    case "no answer":
      return answered(message.question)?.reject(new Error(message.message));
    case "photo chosen":
      photos.clear();
      return started.again("photo");
    case "fetched?":
      return tell({kind: "fetched", addresses: performance.getEntriesByType("resource").map(({name}) => name)});
  }
}
