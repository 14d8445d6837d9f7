import {describe, expect, it} from "vitest";
import {flag, numbers, oneOf, queryFromState, range, stateFromQuery, text, words} from "../../src/lab/state.js";
import {SAMPLES} from "../../src/data/samples/samples.js";
import {workbenchTable} from "../../src/pages/workbench/state.js";

const table = {
  stride: oneOf("os", [8, 16, 32], 16),
  opacity: range("opacity", 0, 100, 65),
  hidden: words("hide"),
  address: text("url", "")
};
const read = (query: string) => stateFromQuery(table, new URLSearchParams(query));

describe("stateFromQuery", () => {
  it("gives the defaults to an address that says nothing", () => {
    expect(read("")).toEqual({stride: 16, opacity: 65, hidden: [], address: ""});
  });
  it("reads what the address says", () => {
    expect(read("os=8&opacity=0&hide=cat,dog&url=https://a.b/c.png")).toEqual({
      stride: 8,
      opacity: 0,
      hidden: ["cat", "dog"],
      address: "https://a.b/c.png"
    });
  });
  it.each(["os=7", "os=", "os=16.0", "opacity=101", "opacity=-1", "opacity=1.5", "opacity=", "opacity=abc"])(
    "takes the default where the address is wrong: %s",
    (query) => {
      expect(read(query)).toEqual(read(""));
    }
  );
});

describe("queryFromState", () => {
  it("says only what differs from the defaults, and keeps what is not in the table", () => {
    const query = queryFromState(table, {...read(""), stride: 32, hidden: ["cat"]}, new URLSearchParams("other=1&opacity=3"));
    expect(query.toString()).toBe("other=1&os=32&hide=cat");
  });
  it("is undone by stateFromQuery", () => {
    const state = {stride: 8, opacity: 100, hidden: ["a", "b"], address: "https://x.y/?q=1&r=2"} as const;
    expect(stateFromQuery(table, queryFromState(table, state))).toEqual(state);
  });
});

it("the workbench starts with the first model and sample, which are the best", () => {
  const state = stateFromQuery(workbenchTable(["good", "small"], SAMPLES), new URLSearchParams("model=gone"));
  expect(state).toMatchObject({model: "good", sample: "dog", backend: "auto", outputStride: 16, inputSize: "513", view: "overlay"});
});

describe("lists, switches and pinned values", () => {
  const lesson = {
    rates: numbers("rates", {min: 1, max: 8, lengths: [1, 3]}, [2, 2]),
    kernel: numbers("kernel", {min: -9, max: 9, lengths: [2, 2], whole: false}, [0, 1]),
    skip: flag("skip", true),
    photo: {...text("photo", "dog"), pinned: true}
  };
  const state = (query: string) => stateFromQuery(lesson, new URLSearchParams(query));

  it("are read", () => {
    expect(state("rates=1,2,5&kernel=-0.5,3&skip=0&photo=cat")).toEqual({rates: [1, 2, 5], kernel: [-0.5, 3], skip: false, photo: "cat"});
  });
  it.each(["rates=", "rates=0,1", "rates=1,2,3,4", "rates=1.5", "rates=a", "rates=1,", "kernel=1", "kernel=1,10", "skip=yes"])(
    "are the default where the address is wrong: %s",
    (query) => {
      expect(state(query)).toEqual(state(""));
    }
  );
  it("are written, and a pinned value always", () => {
    expect(queryFromState(lesson, {...state(""), rates: [1, 2, 5], skip: false}).toString()).toBe("rates=1%2C2%2C5&skip=0&photo=dog");
    expect(queryFromState(lesson, state("")).toString()).toBe("photo=dog");
  });
});
