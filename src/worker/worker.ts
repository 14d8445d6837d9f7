/** The worker's entry: hands each request to the host, one after the other. */
import {deviceLost} from "./device-lost.js";
import {createHost} from "./host.js";
import type {Reply, Request} from "./messages.js";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const reply = (message: Reply, transfer: Transferable[] = []) => scope.postMessage(message, transfer);
const host = createHost((progress) => reply({kind: "progress", progress}));

let queue = Promise.resolve();

scope.addEventListener("message", ({data}: MessageEvent<Request>) => {
  queue = queue.then(() => answer(data));
});

async function answer(request: Request): Promise<void> {
  const {id} = request;
  try {
    if (request.call === "capabilities") {
      reply({kind: "result", id, value: await host.capabilities()});
    } else {
      const value = await host.segment(request.photo, request.options);
      reply({kind: "result", id, value}, [value.labels.buffer, value.logits.values.buffer] as ArrayBuffer[]);
    }
  } catch (error) {
    reply({kind: "error", id, message: error instanceof Error ? error.message : String(error), deviceLost: deviceLost()});
  }
}
