import {expect, it, vi} from "vitest";
import {fence} from "../../../src/media/live/gl/fence.js";

const [TIMEOUT_EXPIRED, CONDITION_SATISFIED, WAIT_FAILED] = [0x911b, 0x911c, 0x911d];

/** A context whose fence answers so, one look after the other; null gives no fence. */
function context(answers: readonly number[] | null): WebGL2RenderingContext {
  const left = [...(answers ?? [])];
  return {
    ...{TIMEOUT_EXPIRED, CONDITION_SATISFIED, WAIT_FAILED},
    fenceSync: () => answers && {},
    flush: vi.fn(),
    clientWaitSync: () => left.shift(),
    deleteSync: vi.fn()
  } as unknown as WebGL2RenderingContext;
}

it("waits until the GPU is done", async () => {
  const gl = context([TIMEOUT_EXPIRED, TIMEOUT_EXPIRED, CONDITION_SATISFIED]);
  await fence(gl);
  expect(gl.deleteSync).toHaveBeenCalledOnce();
});

it("says that the context was lost, whose pictures are blank, before it waits or meanwhile", async () => {
  await expect(fence(context([TIMEOUT_EXPIRED, WAIT_FAILED]))).rejects.toThrow("device was lost");
  await expect(fence(context([WAIT_FAILED]))).rejects.toThrow("device was lost");
  await expect(fence(context(null))).rejects.toThrow("device was lost");
});
