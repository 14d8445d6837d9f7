import {afterEach, expect, it, vi} from "vitest";
import {pageShell} from "../../../src/lab/page-shell.js";
import type {Reply, Request} from "../../../src/worker/messages.js";

const LOST = "A thread that computes was lost.";

/** A worker that answers what it is asked first, and nothing else. */
class QuietWorker extends EventTarget {
  constructor() {
    super();
    workers.push(this);
  }
  postMessage(request: Request): void {
    if (request.kind === "call" && request.call === "memory") this.say({kind: "result", id: request.id, value: {}});
  }
  say(data: Reply): void {
    this.dispatchEvent(new MessageEvent("message", {data}));
  }
  terminate(): void {}
}
const workers: QuietWorker[] = [];
afterEach(() => void vi.unstubAllGlobals());

it("what the engine has to tell stands on the page beside all that its status line says later", async () => {
  vi.stubGlobal("Worker", QuietWorker);
  const main = document.createElement("main");
  const {status, capabilities, dispose} = pageShell({main, idle: () => null});
  main.append(status);
  // Nobody waits for it here.
  capabilities.catch(() => {});
  await vi.waitFor(() => expect(workers).toHaveLength(1));
  workers[0]!.say({kind: "progress", progress: {stage: "notice", fraction: null, message: LOST}});
  expect(main.textContent).toBe(LOST);
  status.update("Segmenting", 0.5);
  expect(main.textContent).toBe(`Segmenting${LOST}`);
  dispose();
});
