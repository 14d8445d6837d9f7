import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {askThrough} from "../../src/lab/engine-worker.js";
import type {Photo} from "../../src/engine/photo.js";
import type {Host} from "../../src/worker/host.js";
import type {Request} from "../../src/worker/messages.js";
import type {RunChoice} from "../../src/worker/protocol.js";
import {requestHandler} from "../../src/worker/requests.js";

const CHOICE: RunChoice = {modelUrl: "m", backend: "cpu", outputStride: 16, inputSize: 33};

/** A photo of one pixel, with something that cannot be sent, as a page's has its canvas. */
const photo = (grey: number): Photo => ({width: 1, height: 1, rgba: Uint8ClampedArray.of(grey, grey, grey, 255), ...{canvas: () => {}}});

/** How many photos' pixels each call was sent with. */
let pixelsSent: number[];
let requests: Request[];
let ports: MessagePort[];

beforeEach(() => {
  pixelsSent = [];
  requests = [];
  ports = [];
});
afterEach(() => ports.forEach((port) => port.close()));

/** A promise that is kept from outside. */
function gate<T>(): {promise: Promise<T>; resolve(value: T): void} {
  let resolve: (value: T) => void;
  const promise = new Promise<T>((keep) => (resolve = keep));
  return {promise, resolve: (value) => resolve(value)};
}

/** A page's end of a wire to a worker that asks this of its host. */
function wire(host: Partial<Host>) {
  const {port1, port2} = new MessageChannel();
  ports.push(port1, port2);
  const handle = requestHandler(host as Host, (message, transfer = []) => port2.postMessage(message, transfer));
  port2.onmessage = ({data}: MessageEvent<Request>) => {
    requests.push(data);
    if (data.kind === "call") pixelsSent.push(data.along.length);
    handle(data);
  };
  port1.start();
  return askThrough(port1, () => {});
}

describe("photos", () => {
  /** Answers with the greys of the photos that it was given. */
  const greys: Partial<Host> = {
    segment: async (one, {replaced = {}}) => [one, ...Object.values(replaced)].map((each) => (each as Photo).rgba[0]) as never,
    inspect: async (one) => one.rgba[0] as never
  };

  it("go to the worker once and are named afterwards, by whatever call", async () => {
    const {ask} = wire(greys);
    const one = photo(1);
    expect(await ask("segment", [one, CHOICE])).toEqual([1]);
    expect(await ask("segment", [one, {...CHOICE, outputStride: 8}])).toEqual([1]);
    expect(await ask("inspect", [one, CHOICE, "lastLayer", {}])).toBe(1);
    // Another object is another photo, such as a changed one.
    expect(await ask("segment", [photo(2), {...CHOICE, replaced: {skip: one}}])).toEqual([2, 1]);
    expect(pixelsSent).toEqual([1, 0, 0, 1]);
    expect(one.rgba).toHaveLength(4);
  });

  it("are sent again where the worker has let go of them", async () => {
    const {ask} = wire(greys);
    const photos = [1, 2, 3, 4].map(photo);
    for (const each of photos) await ask("segment", [each, CHOICE]);
    expect(await ask("segment", [photos[0]!, {...CHOICE, replaced: {skip: photos[3]!}}])).toEqual([1, 4]);
    expect(pixelsSent).toEqual([1, 1, 1, 1, 0, 2]);
    // More at once than are kept.
    const replaced = Object.fromEntries(photos.map((each, i) => [`layer ${i}`, each]));
    expect(await ask("segment", [photo(5), {...CHOICE, replaced}])).toEqual([5, 1, 2, 3, 4]);
  });

  it("leave room for data sets, whose files are listed once, however many photos come", async () => {
    const seen: unknown[] = [];
    const {ask} = wire({
      ...greys,
      async openDataset({given}) {
        seen.push(given);
        return {
          layout: "folders",
          splits: [`${given.files.length} file called ${await given.files[0]!.content.text()}`],
          classes: [],
          colours: []
        };
      }
    });
    const given = {kind: "files of a data set", files: [{path: "a", content: new Blob(["b"])}]} as const;
    const open = () => ask("openDataset", [{given, mends: []}]);
    expect((await open()).splits).toEqual(["1 file called b"]);
    for (const grey of [1, 2, 3, 4]) await ask("segment", [photo(grey), CHOICE]);
    await open();
    expect(pixelsSent).toEqual([1, 1, 1, 1, 1, 0]);
    expect(seen[0]).toBe(seen[1]);
  });

  it("are the call's own even if others come while it waits", async () => {
    const {ask} = wire(greys);
    const answers = [1, 2, 3, 4, 5].map((grey) => ask("segment", [photo(grey), CHOICE]));
    expect(await Promise.all(answers)).toEqual([[1], [2], [3], [4], [5]]);
  });
});

describe("a call that is cancelled", () => {
  it("rejects at once, ends in the worker by its signal, and the next one runs", async () => {
    const ended = vi.fn();
    const begun = gate<void>();
    const {ask} = wire({
      segment: (_, {outputStride}, signal) => {
        if (outputStride === 8) return Promise.resolve("next" as never);
        begun.resolve();
        return new Promise((_, reject) => signal.addEventListener("abort", () => (ended(), reject(signal.reason as Error))));
      }
    });
    const controller = new AbortController();
    const heavy = ask("segment", [photo(1), CHOICE], controller.signal);
    await begun.promise;
    const next = ask("segment", [photo(1), {...CHOICE, outputStride: 8}]);
    controller.abort();
    await expect(heavy).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
    expect(await next).toBe("next");
    expect(ended).toHaveBeenCalledOnce();
  });

  it("is never begun if it waits, nor sent if it was cancelled before", async () => {
    const began: number[] = [];
    const first = gate<never>();
    const {ask} = wire({
      segment: (_, {outputStride}) => {
        began.push(outputStride);
        return outputStride === 32 ? first.promise : Promise.resolve(outputStride as never);
      }
    });
    const controller = new AbortController();
    const running = ask("segment", [photo(1), {...CHOICE, outputStride: 32}]);
    const waiting = ask("segment", [photo(2), CHOICE], controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
    await expect(ask("segment", [photo(3), CHOICE], controller.signal)).rejects.toThrow();
    await vi.waitFor(() => expect(requests.map(({kind}) => kind)).toEqual(["call", "call", "cancel"]));
    first.resolve("first" as never);
    expect(await running).toBe("first");
    expect(await ask("segment", [photo(4), {...CHOICE, outputStride: 8}])).toBe(8);
    expect(began).toEqual([32, 8]);
  });
});
