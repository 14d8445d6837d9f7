import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {areNamesWanted, namesParameter, namesSwitch} from "../../src/lab/names-choice.js";
import type {NamesStore} from "../../src/lab/names-choice.js";

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

/** What a page on whose masks names usually do not stand opens with. */
function page() {
  let state = {names: namesParameter(false).initial};
  const listeners: Parameters<NamesStore["listen"]>[0][] = [];
  const store: NamesStore = {
    get: () => state,
    set(change) {
      const before = state;
      state = {...state, ...change};
      for (const listener of listeners) listener(state, before);
    },
    listen: (listener) => void listeners.push(listener)
  };
  const field = namesSwitch(store);
  document.body.append(field);
  return {state: () => state, set: store.set, box: field.querySelector("input")!};
}

it("names are asked for once, and stand on every page's masks from then on; nothing but the reader's hand is remembered", () => {
  const first = page();
  expect([first.state().names, first.box.checked, namesParameter(true).initial]).toEqual([false, false, true]);
  // As an address does, or Back.
  first.set({names: true});
  expect([first.box.checked, page().state().names]).toEqual([true, false]);

  first.box.click();
  expect([first.state().names, namesParameter(true).initial]).toEqual([false, false]);
  first.box.click();
  expect([first.state().names, page().box.checked, areNamesWanted()]).toEqual([true, true, true]);
});

it("where the browser keeps nothing, they stand on the page that was asked", () => {
  const forbidden = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  vi.stubGlobal("localStorage", {getItem: forbidden, setItem: forbidden});
  const first = page();
  first.box.click();
  expect([first.state().names, page().state().names]).toEqual([true, false]);
});
