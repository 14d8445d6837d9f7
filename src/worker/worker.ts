/** The worker's entry: hands each request to the host, one after the other. */
import {deviceLost} from "./device-lost.js";
import {createHost} from "./host.js";
import {buffersIn} from "./messages.js";
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
    const work = host[request.call] as (...args: readonly unknown[]) => Promise<unknown>;
    const value = await work(...request.args);
    reply({kind: "result", id, value}, buffersIn(value));
  } catch (error) {
    reply({kind: "error", id, message: error instanceof Error ? error.message : String(error), deviceLost: deviceLost()});
  }
}
