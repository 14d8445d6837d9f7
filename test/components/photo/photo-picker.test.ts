import {describe, expect, it, vi} from "vitest";
import {photoPicker} from "../../../src/components/photo/photo-picker.js";

describe("the photo picker", () => {
  it("offers a file, the camera, samples and an address", () => {
    const [onFiles, onSample, onAddress, onCamera] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const view = photoPicker({samples: [{id: "dog", title: "Dog", url: "dog.jpg"}], onFiles, onSample, onAddress, onCamera});
    document.body.append(view);
    view.querySelector<HTMLElement>(".sample")!.click();
    expect(onSample).toHaveBeenCalledWith("dog");
    [...view.querySelectorAll("button")].find((button) => button.textContent === "Camera")!.click();
    expect(onCamera).toHaveBeenCalled();
    view.querySelector<HTMLInputElement>("input[type=url]")!.value = " https://example.org/a.jpg ";
    view.querySelector("form")!.requestSubmit();
    expect(onAddress).toHaveBeenCalledWith("https://example.org/a.jpg");
    view.show("dog");
    expect(view.querySelector(".sample")!.getAttribute("aria-pressed")).toBe("true");
  });
});
