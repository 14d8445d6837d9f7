import type * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import type {StepAhead} from "../../src/engine/execute.js";
import type {BackendId} from "../../src/worker/protocol.js";
import {newPauses} from "../../src/worker/pauses.js";

const {signal} = new AbortController();

/** A device that does so many multiply-adds in a millisecond, and takes what it is given at once. */
function device(speed: number) {
  let time = 0;
  let given = 0;
  let waits = 0;
  const pauses = newPauses({
    now: () => time,
    settled: async () => {
      time += given / speed;
      given = 0;
      waits++;
    }
  });
  return {
    /** @returns how often it was waited for in a run of so many equal steps */
    async run(multiplyAdds: number, steps: number): Promise<number> {
      const {pause} = pauses.of(signal, "webgl");
      waits = 0;
      for (let index = 0; index < steps; index++) {
        const step = {multiplyAdds: multiplyAdds / steps} as StepAhead["step"];
        await pause!({index, of: steps, step, before: index > 0 ? ({} as tf.Tensor4D) : null});
        given += step.multiplyAdds;
      }
      time += given / speed;
      given = 0;
      return waits;
    }
  };
}

describe("pauses on a GPU", () => {
  it("are none in a light run, once it is known how fast the device is", async () => {
    const fast = device(1e8);
    expect(await fast.run(2.7e9, 60)).toBeGreaterThan(0);
    expect(await fast.run(2.7e9, 60)).toBe(0);
  });

  it("come about ten times a second in a heavy one", async () => {
    const fast = device(1e8);
    await fast.run(1e10, 100);
    // A second of work.
    const waits = await fast.run(1e11, 200);
    expect(waits).toBeGreaterThanOrEqual(8);
    expect(waits).toBeLessThanOrEqual(12);
  });

  it("come in every run on a slow device", async () => {
    const software = device(5e5);
    expect(await software.run(2.7e9, 60)).toBeGreaterThan(20);
    expect(await software.run(2.7e9, 60)).toBeGreaterThan(20);
  });
});

it.each<BackendId>(["wasm", "cpu"])("pauses on %s come after some milliseconds of work, and let messages in", async (backend) => {
  let time = 0;
  const {pause} = newPauses({now: () => time}).of(signal, backend);
  const ahead = {index: 1, of: 2, step: {multiplyAdds: 1} as StepAhead["step"], before: null};
  expect(pause!(ahead)).toBeUndefined();
  time = 20;
  let came = false;
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => (came = true);
  port2.postMessage(null);
  await pause!(ahead);
  port1.close();
  expect(came).toBe(true);
  expect(pause!(ahead)).toBeUndefined();
});
