import {expect, it} from "vitest";
import {isOwn, savedNotebooks} from "../../src/pages/notebook/saved.js";

/** What a browser keeps, so many characters of it. */
function storageOf(room = Infinity): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear()
  };
}

const BOOK = {title: "Mine", isTrusted: false, cells: [{id: 7, mode: "js" as const, text: "1"}]};

it("a notebook is found again as it was kept, by the next visit too", () => {
  const storage = storageOf();
  const first = savedNotebooks(() => storage);
  const id = first.newId();
  expect(isOwn(id)).toBe(true);
  first.keep(id, BOOK);
  first.keep("convolution", {...BOOK, title: "Changed"});
  first.opened(id);
  const next = savedNotebooks(() => storage);
  expect(next.find(id)).toEqual({...BOOK, cells: [{id: 1, mode: "js", text: "1"}]});
  expect(next.list()).toEqual([{id, title: "Mine"}]);
  expect(next.last()).toBe(id);
  expect(next.newId()).not.toBe(id);
  next.remove(id);
  expect(next.find(id)).toBeNull();
  expect(next.find("convolution")?.title).toBe("Changed");
});

it("where there is no room, or nothing is kept, it says so and nothing else breaks", () => {
  const full = savedNotebooks(() => storageOf(10));
  expect(() => full.keep("own-1", BOOK)).toThrow(/Save them as a file/);
  const forbidden = savedNotebooks(() => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(() => forbidden.keep("own-1", BOOK)).toThrow(/cannot be kept/);
  expect([forbidden.list(), forbidden.find("x"), forbidden.last(), forbidden.newId()]).toEqual([[], null, null, "own-000001"]);
});

it("what is damaged in the browser is no notebook", () => {
  const storage = storageOf();
  storage.setItem("deeplab-workbench/notebook/own-000001", "{");
  expect(savedNotebooks(() => storage).find("own-000001")).toBeNull();
});
