import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {addressStore, oneOf, range, text} from "../../src/lab/state.js";

const table = {
  sample: {...oneOf("sample", ["dog", "cat"], "dog"), step: true},
  opacity: range("opacity", 0, 100, 40),
  find: text("find", "")
};

/** A browser's address and history, without a browser. */
function browser(search: string) {
  const entries = [{search, hash: ""}];
  let at = 0;
  const back = new EventTarget();
  const put = (address: string) => {
    const {search, hash} = new URL(address, "http://site/workbench");
    return {search, hash};
  };
  vi.stubGlobal("location", {
    pathname: "/workbench",
    get search() {
      return entries[at]!.search;
    },
    get hash() {
      return entries[at]!.hash;
    }
  });
  vi.stubGlobal("history", {
    state: null,
    replaceState: (_: unknown, __: string, address: string) => (entries[at] = put(address)),
    pushState: (_: unknown, __: string, address: string) => void entries.splice(++at, Infinity, put(address))
  });
  vi.stubGlobal("addEventListener", back.addEventListener.bind(back));
  return {
    entries: () => entries.map(({search, hash}) => search + hash),
    go(by: number) {
      at += by;
      back.dispatchEvent(new Event("popstate"));
    },
    /** As a link to a part of the page does. */
    jump(hash: string) {
      entries.splice(++at, Infinity, {search: entries[at - 1]!.search, hash});
      back.dispatchEvent(new Event("popstate"));
    }
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("a chosen photo is a step of the history, a dragged slider none; going back brings the state before, as it was left", () => {
  const {entries, go} = browser("");
  const store = addressStore(table);
  const seen: string[] = [];
  store.listen(({sample, opacity}) => seen.push(`${sample} ${opacity}`));
  for (const opacity of [41, 50, 60]) store.set({opacity});
  store.set({sample: "cat"});
  expect(entries()).toEqual(["?opacity=60", "?opacity=60&sample=cat"]);
  store.set({opacity: 10});
  vi.runAllTimers();
  go(-1);
  expect(store.get()).toMatchObject({sample: "dog", opacity: 60});
  go(1);
  expect(store.get()).toMatchObject({sample: "cat", opacity: 10});
  expect(seen.slice(-2)).toEqual(["dog 60", "cat 10"]);
});

it("what is set to what it is already is no step, and a link to a part of the page changes nothing", () => {
  const {entries, jump, go} = browser("?sample=cat");
  const store = addressStore(table);
  store.set({sample: "cat"});
  expect(entries()).toHaveLength(1);
  const listener = vi.fn();
  store.listen(listener);
  store.set({find: "a"});
  store.set({find: "ab"});
  jump("#look-inside");
  go(-1);
  expect(listener).toHaveBeenCalledTimes(2);
  expect(store.get().find).toBe("ab");
});
