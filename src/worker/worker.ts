/** The worker's entry. */
import {createHost} from "./host.js";
import type {Reply, Request} from "./messages.js";
import {requestHandler} from "./requests.js";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const reply = (message: Reply, transfer: Transferable[] = []) => scope.postMessage(message, transfer);
const host = createHost((progress) => reply({kind: "progress", progress}));
const handle = requestHandler(host, reply);

scope.addEventListener("message", ({data}: MessageEvent<Request>) => handle(data));
