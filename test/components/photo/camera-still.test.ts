import {beforeAll, expect, it, vi} from "vitest";
import {cameraStill} from "../../../src/components/photo/camera-still.js";

// jsdom has dialogs without their methods, and no video.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});

function camera() {
  const stop = vi.fn();
  const stream = {getTracks: () => [{stop}]} as unknown as MediaStream;
  const still = new Blob(["png"]);
  const options = {open: vi.fn(async () => stream), take: vi.fn(async () => still), onStill: vi.fn(), onError: vi.fn()};
  const dialog = cameraStill(options);
  Object.defineProperty(dialog.querySelector("video")!, "srcObject", {value: null, writable: true});
  const press = (name: string) => [...dialog.querySelectorAll("button")].find(({textContent}) => textContent === name)!.click();
  return {dialog, options, press, stop, still};
}

it("hands over a still and lets go of the camera", async () => {
  const {dialog, options, press, stop, still} = camera();
  await dialog.start();
  await vi.waitFor(() => expect(dialog.open).toBe(true));
  press("Take the photo");
  await vi.waitFor(() => expect(options.onStill).toHaveBeenCalledWith(still));
  expect(dialog.open).toBe(false);
  expect(stop).toHaveBeenCalled();
});

it("lets go of the camera when it is cancelled", async () => {
  const {dialog, options, press, stop} = camera();
  await dialog.start();
  await vi.waitFor(() => expect(dialog.open).toBe(true));
  press("Cancel");
  expect(stop).toHaveBeenCalled();
  expect(options.onStill).not.toHaveBeenCalled();
});

it("reports why there is no camera, without opening", async () => {
  const {dialog, options} = camera();
  const reason = new Error("There is no camera here.");
  options.open.mockRejectedValueOnce(reason);
  await dialog.start();
  await vi.waitFor(() => expect(options.onError).toHaveBeenCalledWith(reason));
  expect(dialog.open).toBe(false);
});
