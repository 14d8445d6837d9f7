import {expect, it, vi} from "vitest";
import {photoTray} from "../../../src/components/photo/photo-tray.js";

const PHOTOS = ["a", "b", "c"].map((id) => ({id, name: `${id}.jpg`, url: `blob:${id}`}));

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
  photos.push({id: "d", name: "d.jpg", url: "blob:d"});
  tray.show(photos, "d");
  expect(named()).toEqual(["b.jpg", "c.jpg", "d.jpg"]);
  expect(tray.textContent).toContain("3 of 3");
});
