import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {rememberOpened, rememberPhoto, rememberedPhoto} from "../../src/lab/photo-memory.js";

const sample = (id: string) => ({sample: id, address: "", own: ""});
const DOG = sample("dog");
const HORSES = sample("horses");

/** A browser's storage, of a tab or of all. */
function storage() {
  const items = new Map<string, string>();
  return {getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => void items.set(key, value)};
}
const openTab = () => vi.stubGlobal("sessionStorage", storage());

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
  openTab();
});
afterEach(() => vi.unstubAllGlobals());

it("what a page begins with by itself is not remembered as chosen", () => {
  rememberOpened(DOG, DOG);
  expect(rememberedPhoto()).toEqual({});
  rememberOpened(HORSES, HORSES);
  expect(rememberedPhoto()).toEqual({});
});

it("what a link says is, and so is what was picked, though a page begins with it", () => {
  rememberOpened(sample("cows"), DOG);
  expect(rememberedPhoto()).toEqual(sample("cows"));
  rememberPhoto(DOG);
  rememberOpened(DOG, DOG);
  expect(rememberedPhoto()).toEqual(DOG);
});

it("a page that is reset has forgotten the choice, and leaves none of its own in its place", () => {
  rememberPhoto(sample("cat"));
  rememberOpened(HORSES, HORSES);
  expect(rememberedPhoto()).toEqual({});
  openTab();
  expect(rememberedPhoto()).toEqual(sample("cat"));
});

it("a tab in which nothing was chosen keeps to that, whatever another chooses", () => {
  rememberOpened(DOG, DOG);
  const here = sessionStorage;
  openTab();
  rememberPhoto(sample("cat"));
  vi.stubGlobal("sessionStorage", here);
  expect(rememberedPhoto()).toEqual({});
  openTab();
  expect(rememberedPhoto()).toEqual(sample("cat"));
});
