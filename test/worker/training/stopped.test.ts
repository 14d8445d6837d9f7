import {expect, it} from "vitest";
import {FailedStep} from "../../../src/train/failed-step.js";
import {stoppedBy} from "../../../src/worker/training/stopped.js";
import {NotKept} from "../../../src/worker/training/store.js";

const underWay = {kind: "step", step: 8, photos: ["a", "b"], layer: null, keptAt: 5} as const;
const failed = (cause: unknown) => new FailedStep("It failed.", {step: 8, layer: "logits", isNotANumber: false, cause});

it("says what was out of memory: step, photos, layer", () => {
  const words = [
    "Array buffer allocation failed",
    "Aborted(OOM). Build with -sASSERTIONS",
    "memory access out of bounds",
    "Invalid typed array length: 9"
  ];
  for (const said of words) {
    expect(stoppedBy(failed(new RangeError(said)), underWay, false)).toEqual({
      ...{kind: "stopped", reason: "out of memory", step: 8, photos: ["a", "b"], layer: "logits", keptAt: 5},
      message:
        "Step 8 (photos a, b) found no more memory at the layer logits: close other tabs and go on, or begin anew with smaller or fewer " +
        "crops. What was learnt up to step 5 is kept."
    });
  }
});

it("says that the device was lost, whatever else was said, and where", () => {
  const lost = new Error("The graphics device was lost during the run.", {cause: failed(new Error("x"))});
  expect(stoppedBy(lost, underWay, true)).toMatchObject({reason: "device lost", layer: "logits"});
  // Where the loss is told of first, all that is known is what was given to the device last.
  expect(stoppedBy(new Error("It was lost."), {...underWay, layer: "aspp"}, true).message).toContain(
    "lost the graphics device at the layer aspp"
  );
});

it("says what was lost where a checkpoint was under way, and does not call that a lack of room", () => {
  const keeping = {...underWay, kind: "keeping", photos: []} as const;
  const {reason, message} = stoppedBy(new Error("It was lost."), keeping, true);
  expect([reason, message]).toEqual([
    "device lost",
    "The checkpoint after step 8 lost the graphics device: go on, on the WASM backend if it happens again. What was learnt up to step 5 is kept."
  ]);
  const full = new NotKept(new DOMException("1 GB.", "QuotaExceededError"));
  expect(stoppedBy(full, keeping, false)).toMatchObject({
    reason: "no room",
    message:
      "The checkpoint after step 8 could not be kept: The browser has no more room for this site: delete kept trainings or models, then " +
      "try again. (1 GB.) What was learnt up to step 5 is kept."
  });
});

it("hands on what nobody foresaw", () => {
  const {reason, message} = stoppedBy(new Error("The sky fell."), {...underWay, photos: []}, false);
  expect([reason, message]).toEqual(["other", "Step 8 could not be made: The sky fell. What was learnt up to step 5 is kept."]);
});
