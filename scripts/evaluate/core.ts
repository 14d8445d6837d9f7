import {parentPort, workerData} from "node:worker_threads";
import type {LabelledPhoto} from "../../src/datasets/dataset.js";
import {createMachine} from "../../src/engine/wasm/machine.js";
import {openDataset} from "../../src/datasets/open.js";
import {countPhotos} from "../../src/evaluate/evaluate.js";
import {pictureWriter} from "../vis/write.js";
import {useWasmInNode} from "./backend.js";
import type {CoreWork, FromCore, ToCore} from "./cores.js";
import {filesAt} from "./disk.js";
import {decodePixels} from "./photo.js";

/*
 * One thread of an evaluation: for each setting it takes photos as long as there are any, and answers with its counts. What fails ends it.
 */

const port = parentPort!;
const {model, place, split, out, kernels} = workerData as CoreWork;

/** What is told to this thread, in order. */
async function* told(): AsyncGenerator<ToCore> {
  const waiting: ToCore[] = [];
  let wake = () => {};
  port.on("message", (message: ToCore) => {
    waiting.push(message);
    wake();
  });
  for (;;) {
    while (waiting.length > 0) yield waiting.shift()!;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

const say = (message: FromCore) => port.postMessage(message);
const messages = told();

async function next(): Promise<ToCore> {
  return (await messages.next()).value as ToCore;
}

async function* photos(items: readonly LabelledPhoto[]): AsyncGenerator<LabelledPhoto> {
  for (;;) {
    say({kind: "ready"});
    const message = await next();
    if (message.kind !== "photo") return;
    yield items[message.index]!;
  }
}

await useWasmInNode();
// Every thread has photos of its own.
const machine = createMachine(kernels);
const dataset = await openDataset(await filesAt(place));
const {items} = await dataset.read(split);
const onLabels = out === undefined ? undefined : pictureWriter(out, items, model.card.palette);
for (;;) {
  const message = await next();
  if (message.kind !== "begin") continue;
  const counts = await countPhotos(model, photos(items), message.setting, {
    decode: decodePixels,
    machine,
    onLabels,
    onImage: () => say({kind: "done"})
  });
  say({kind: "counted", counts});
}
