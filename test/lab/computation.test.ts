import {JSDOM} from "jsdom";
import {beforeEach, describe, expect, it} from "vitest";
import {busyMark} from "../../src/lab/busy.js";
import {computation} from "../../src/lab/computation.js";
import type {Computation, Wanted} from "../../src/lab/computation.js";

interface Asked {
  readonly name: string;
}

let main: HTMLElement;
let computed: Computation<Asked>;
let works: {readonly context: Asked & Wanted; resolve(result: string): void; reject(reason: unknown): void}[];
let shown: string[];
let reports: unknown[];

beforeEach(() => {
  main = new JSDOM("<main></main>").window.document.querySelector("main")!;
  works = [];
  shown = [];
  reports = [];
  computed = computation<Asked, string>({
    busy: busyMark(main),
    part: "a part",
    report: (reason, part) => reports.push([part, reason instanceof Error ? reason.message : reason]),
    work: (context) => new Promise((resolve, reject) => works.push({context, resolve, reject})),
    show: (result, {name}) => {
      if (result === "cannot be shown") throw new Error(result);
      shown.push(`${result} of ${name}`);
    }
  });
});

const isBusy = () => main.getAttribute("aria-busy");
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("a computation", () => {
  it("marks the page while it runs, shows its result and takes back what went wrong", async () => {
    const ended = computed.start({name: "a"});
    expect(isBusy()).toBe("true");
    works[0]!.resolve("result");
    await ended;
    expect(shown).toEqual(["result of a"]);
    expect(reports).toEqual([["a part", null]]);
    expect([isBusy(), main.dataset["run"]]).toEqual(["false", "1"]);
  });

  it("shows the latest alone, and stays busy until that has come", async () => {
    const first = computed.start({name: "a"});
    const second = computed.start({name: "b"});
    works[0]!.resolve("result");
    await first;
    expect([shown, isBusy()]).toEqual([[], "true"]);
    await turn();
    works[1]!.resolve("result");
    await second;
    expect(shown).toEqual(["result of b"]);
    expect([isBusy(), main.dataset["run"]]).toEqual(["false", "1"]);
  });

  it("tells work of several steps when it is wanted no more", async () => {
    void computed.start({name: "a"});
    const [{context}] = works as [(typeof works)[number]];
    context.checkWanted();
    void computed.start({name: "b"});
    expect(() => context.checkWanted()).toThrow(expect.objectContaining({name: "AbortError"}));
  });

  it("ends what it overtakes by its signal, and what is dropped", () => {
    void computed.start({name: "a"});
    const {signal} = works[0]!.context;
    expect(signal.aborted).toBe(false);
    void computed.start({name: "b"});
    expect(signal.reason).toMatchObject({name: "AbortError"});
  });

  it("lets the next begin as soon as what it overtook has ended", async () => {
    void computed.start({name: "a"});
    works[0]!.context.signal.addEventListener("abort", () => works[0]!.reject(works[0]!.context.signal.reason));
    const second = computed.start({name: "b"});
    await turn();
    works[1]!.resolve("result");
    await second;
    expect(shown).toEqual(["result of b"]);
    expect(reports).toEqual([["a part", null]]);
  });

  it("never rejects: what goes wrong in the work or in showing it is reported", async () => {
    const failing = computed.start({name: "a"});
    works[0]!.reject(new Error("the work failed"));
    await failing;
    const unshowable = computed.start({name: "b"});
    works[1]!.resolve("cannot be shown");
    await unshowable;
    expect(reports).toEqual([
      ["a part", "the work failed"],
      ["a part", null],
      ["a part", "cannot be shown"]
    ]);
    expect(isBusy()).toBe("false");
  });

  it("that is dropped shows nothing, says nothing and leaves the page idle", async () => {
    const ended = computed.start({name: "a"});
    computed.drop();
    expect(isBusy()).toBe("false");
    works[0]!.reject(new Error("too late"));
    await ended;
    expect([shown, reports, isBusy()]).toEqual([[], [], "false"]);
  });
});
