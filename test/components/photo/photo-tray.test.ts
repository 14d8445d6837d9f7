import {afterEach, expect, it, vi} from "vitest";
import {photoTray} from "../../../src/components/photo/photo-tray.js";

const photo = (id: string, paint: (canvas: HTMLCanvasElement) => Promise<void> = () => Promise.resolve()) => ({
  id,
  name: `${id}.jpg`,
  paint
});
const PHOTOS = ["a", "b", "c"].map((id) => photo(id));

afterEach(() => void vi.unstubAllGlobals());

it("photos that were brought are gone through one by one, and one alone needs no tray", () => {
  const onOpen = vi.fn();
  const tray = photoTray({onOpen});
  document.body.append(tray);
  tray.show(PHOTOS.slice(0, 1), "a");
  expect(tray.hidden).toBe(true);

  tray.show(PHOTOS, "a");
  expect(tray.hidden).toBe(false);
  const button = (name: string) => [...tray.querySelectorAll("button")].find(({textContent}) => textContent === name)!;
  const pressed = () => [...tray.querySelectorAll(".sample")].map((each) => each.getAttribute("aria-pressed"));
  expect(tray.textContent).toContain("1 of 3");
  expect(pressed()).toEqual(["true", "false", "false"]);
  expect(button("Previous").disabled).toBe(true);
  button("Next").click();
  expect(onOpen).toHaveBeenLastCalledWith("b");

  tray.show(PHOTOS, "c");
  expect(button("Next").disabled).toBe(true);
  button("Previous").click();
  expect(onOpen).toHaveBeenLastCalledWith("b");
  tray.querySelector<HTMLElement>(".sample")!.click();
  expect(onOpen).toHaveBeenLastCalledWith("a");

  // A sample is open.
  tray.show(PHOTOS, "");
  expect(tray.textContent).toContain("3 photos");
  button("Next").click();
  expect(onOpen).toHaveBeenLastCalledWith("a");
});

it("those that are let go of leave it, though as many came", () => {
  const tray = photoTray({onOpen: () => {}});
  const named = () => [...tray.querySelectorAll(".sample")].map((each) => each.getAttribute("title"));
  // One list, as the page keeps it.
  const photos = [...PHOTOS];
  tray.show(photos, "a");
  photos.shift();
  photos.push(photo("d"));
  tray.show(photos, "d");
  expect(named()).toEqual(["b.jpg", "c.jpg", "d.jpg"]);
  expect(tray.textContent).toContain("3 of 3");
});

it("a photo is painted once it comes into sight, and waits no longer once it is let go of", () => {
  const seen: (() => void)[] = [];
  const observed = new Set<unknown>();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(tell: (entries: {isIntersecting: boolean}[]) => void) {
        seen.push(() => tell([{isIntersecting: true}]));
      }
      observe() {
        observed.add(this);
      }
      disconnect() {
        observed.delete(this);
      }
    }
  );
  const paint = vi.fn(() => Promise.resolve());
  const tray = photoTray({onOpen: () => {}});
  tray.show([photo("a", paint), ...PHOTOS.slice(1)], "a");
  expect(observed.size).toBe(3);
  expect(paint).not.toHaveBeenCalled();
  seen[0]!();
  expect(paint.mock.calls).toEqual([[tray.querySelector("canvas")]]);
  tray.show(PHOTOS.slice(2), "c");
  expect(observed.size).toBe(1);
});

it("one that cannot be decoded stands there by its name", async () => {
  const tray = photoTray({onOpen: () => {}});
  tray.show([photo("a", () => Promise.reject(new Error("damaged"))), photo("b")], "b");
  await vi.waitFor(() => expect([...tray.querySelectorAll(".sample")].map(({textContent}) => textContent)).toEqual(["a.jpg", ""]));
  expect(tray.querySelectorAll("canvas")).toHaveLength(1);
});
