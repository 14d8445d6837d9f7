import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {keepOwnPhoto, ownPhoto, rememberPhoto, rememberedPhoto} from "../../src/lab/photo-memory.js";
import {keptSite} from "../../src/lab/offline.js";
import {farewell, visiting, welcome} from "../../src/lab/visiting.js";
import {lastPlace, rememberPlace} from "../../src/pages/label/last-place.js";
import {savedNotebooks} from "../../src/pages/notebook/saved.js";
import {openLabelStore} from "../../src/labelling/label-store.js";
import {openFolder} from "../../src/shelf/open-folder.js";
import {keptModels, openShelf, roomLeft} from "../../src/shelf/shelf.js";
import {openTrainingStore} from "../../src/worker/training/store.js";

/*
 * A browser that keeps nothing: whatever it does instead, everything else goes on, and soon.
 */

const forbidden = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
const never = () => new Promise<never>(() => {});
/** A request to a database to which nothing is answered, or with an error. */
const request = (error?: DOMException) => {
  const asked = {error} as unknown as IDBOpenDBRequest;
  if (error) queueMicrotask(() => asked.onerror?.(new Event("error")));
  return asked;
};
const broken = new DOMException("Internal error opening backing store.", "UnknownError");

/** What each browser has, by the fault. */
const BROWSERS: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  "that forbids all storage, as with cookies blocked": () => ({
    navigator: {storage: {getDirectory: async () => forbidden(), estimate: async () => forbidden()}},
    indexedDB: {open: forbidden},
    localStorage: {getItem: forbidden, setItem: forbidden, removeItem: forbidden, key: forbidden}
  }),
  "that has no storage at all": () => ({navigator: {}, indexedDB: undefined, localStorage: undefined, sessionStorage: undefined}),
  "whose database is broken, and that has no files": () => ({navigator: {}, indexedDB: {open: () => request(broken)}}),
  "whose stores never answer": () => ({navigator: {storage: {getDirectory: never}}, indexedDB: {open: () => request()}}),
  "in a private window, with no room": () => ({
    navigator: {storage: {getDirectory: async () => Promise.reject(broken), estimate: async () => ({quota: 0, usage: 0})}},
    indexedDB: {open: () => request(new DOMException("A mutation operation was attempted.", "InvalidStateError"))},
    localStorage: {
      getItem: () => null,
      setItem() {
        throw new DOMException("full", "QuotaExceededError");
      }
    }
  })
};

describe.each(Object.entries(BROWSERS))("a browser %s", (_, browser) => {
  beforeEach(() => {
    vi.useFakeTimers();
    for (const [name, value] of Object.entries(browser())) vi.stubGlobal(name, value);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** What comes of it within ten seconds. */
  async function soon<T>(answer: Promise<T>): Promise<T> {
    let isDone = false;
    const done = answer.finally(() => (isDone = true));
    done.catch(() => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(isDone).toBe(true);
    return done;
  }

  it("has no shelf, and no models on it", async () => {
    expect(await soon(openFolder("models"))).toBeNull();
    expect(await soon(openShelf())).toBeNull();
    expect(await soon(keptModels())).toEqual([]);
    expect((await soon(roomLeft())) ?? 0).toBe(0);
  });

  it("labels and trains in memory", async () => {
    const labels = await soon(openLabelStore());
    expect(labels.kind).toBe("memory");
    expect(await labels.projects()).toEqual([]);
    expect(await (await soon(openTrainingStore())).list()).toEqual([]);
  });

  it("takes a photo, and says that it is not kept", async () => {
    expect(await soon(keepOwnPhoto("photo-1", new Blob(["a"]), "a.png"))).toBe(false);
    expect(await soon(ownPhoto("photo-1"))).toBeNull();
  });

  it("says that it keeps no site", async () => {
    vi.stubGlobal("isSecureContext", true);
    vi.stubGlobal("navigator", {...navigator, serviceWorker: {register: () => Promise.reject(new DOMException("no", "SecurityError"))}});
    await expect(soon(keptSite())).rejects.toThrow(
      "This browser keeps no sites here: open the site by https, in a window that is not private."
    );
  });

  it("has a model on the page that read it, and on those that this opens", () => {
    const facts = {classes: ["a"]} as never;
    const visitor = welcome({title: "mine", facts}, new Blob(["a"]));
    expect(visitor.id).toMatch(/^blob:/);
    expect(visiting()).toEqual([]);
    vi.stubGlobal("opener", globalThis);
    expect(visiting()).toEqual([visitor]);
    farewell([visitor]);
    expect(visiting()).toEqual([]);
    // Of another origin.
    vi.stubGlobal("opener", new Proxy({}, {get: forbidden}));
    expect(visiting()).toEqual([]);
  });

  it("forgets choices and places without a word, and says that a notebook is not kept", () => {
    rememberPhoto({sample: "dog", address: "", own: ""});
    expect(rememberedPhoto()).toEqual({});
    rememberPlace({project: "a", photo: "b"});
    expect(lastPlace()).toEqual({project: "", photo: ""});
    const store = savedNotebooks(() => localStorage);
    expect([store.list(), store.last(), store.find("own-1")]).toEqual([[], null, null]);
    expect(() => store.keep("own-1", {title: "a", cells: [], isTrusted: true})).toThrow("These cells cannot be kept in this browser");
  });
});
