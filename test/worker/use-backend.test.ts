import {expect, it, vi} from "vitest";
import {measureFaster} from "../../src/worker/kept-faster.js";
import {backendUser} from "../../src/worker/use-backend.js";

vi.mock(import("../../src/worker/backends.js"), async (original) => ({...(await original()), activateBackend: async () => {}}));
vi.mock(import("../../src/worker/kept-faster.js"), async (original) => ({...(await original()), measureFaster: vi.fn(async () => {})}));

it("asks which of the two on WASM is the faster once both are started, and not again at every change between them", async () => {
  const use = backendUser(() => {});
  await use("kernels");
  expect(measureFaster).not.toHaveBeenCalled();
  for (let i = 0; i < 3; i++) {
    await use("wasm");
    await use("kernels");
  }
  expect(measureFaster).toHaveBeenCalledTimes(1);
});
