import {expect, it, vi} from "vitest";
import {confine} from "../../../src/worker/notebook/confine.js";

/** A worker's global object as browsers have them: some of it stands on what it is made like. */
function workerLike() {
  const kept = {stored: "by the reader"};
  class WorkerLike {
    get indexedDB() {
      return kept;
    }
    get navigator() {
      return navigator;
    }
    fetch = vi.fn(async (request: Request) => new Response(request.url));
  }
  class NavigatorLike {
    get storage() {
      return kept;
    }
    get gpu() {
      return "a GPU";
    }
  }
  const navigator = new NavigatorLike();
  const scope = new WorkerLike();
  return Object.assign(scope, {caches: kept, Worker: class {}, BroadcastChannel: class {}, WebSocket: class {}});
}

const SITE = "https://school.example/deeplab/";

it("a confined program finds nothing of what its origin keeps, and can start no other program", () => {
  const scope = workerLike();
  expect(scope.indexedDB).toBeDefined();
  confine(scope as never, SITE);
  for (const name of ["indexedDB", "caches", "Worker", "BroadcastChannel", "WebSocket"]) expect(name in scope, name).toBe(false);
  expect(scope.navigator.storage).toBeUndefined();
  expect(scope.navigator.gpu).toBe("a GPU");
});

it("a confined program reads the site's files, and nothing else of its origin or of another", async () => {
  const scope = workerLike();
  const {fetch} = scope;
  confine(scope as never, SITE);
  const ask = scope.fetch as unknown as typeof globalThis.fetch;
  expect(await (await ask(`${SITE}data/models/nano.safetensors`)).text()).toBe(`${SITE}data/models/nano.safetensors`);
  for (const address of ["https://other.example/?secret", "https://school.example/marks", `${SITE}../marks`])
    await expect(ask(address)).rejects.toThrow("Cells read the files of this site alone.");
  expect(fetch).toHaveBeenCalledTimes(1);
});
