import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {whenNear} from "../../../src/components/page/when-near.js";

const element = document.createElement("p");
let seen: (isIntersecting: boolean) => void;
let leave: AbortController;
let acted: number;
const act = () => void acted++;
const disconnected = vi.fn();

beforeEach(() => {
  leave = new AbortController();
  acted = 0;
  disconnected.mockClear();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(tell: (entries: {isIntersecting: boolean}[]) => void) {
        seen = (isIntersecting) => tell([{isIntersecting}]);
      }
      observe() {}
      disconnect() {
        disconnected();
      }
    }
  );
});
afterEach(() => void vi.unstubAllGlobals());

it("acts once, when the element comes near", () => {
  whenNear(element, leave.signal, act);
  seen(false);
  expect(acted).toBe(0);
  seen(true);
  dispatchEvent(new Event("beforeprint"));
  expect(acted).toBe(1);
  expect(disconnected).toHaveBeenCalled();
});

it("acts before the page is printed", () => {
  whenNear(element, leave.signal, act);
  dispatchEvent(new Event("beforeprint"));
  expect(acted).toBe(1);
});

it("waits no longer once the page is left", () => {
  whenNear(element, leave.signal, act);
  leave.abort();
  dispatchEvent(new Event("beforeprint"));
  expect(acted).toBe(0);
  expect(disconnected).toHaveBeenCalled();
});

it("acts at once where the browser cannot tell", () => {
  vi.stubGlobal("IntersectionObserver", undefined);
  whenNear(element, leave.signal, act);
  expect(acted).toBe(1);
});
