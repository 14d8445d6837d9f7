import {expect, it} from "vitest";
import {EngineLost} from "../../src/lab/engine.js";
import {runTraining} from "../../src/lab/training-run.js";
import type {AskTraining, TrainingNews} from "../../src/worker/training-messages.js";

/** Stands for the worker: pieces that come one a call, and what was asked. */
function fakeEngine(pieces: readonly (readonly TrainingNews[] | Error)[]) {
  const asked: string[] = [];
  const waiting = [...pieces];
  const train = (async (name: string) => {
    asked.push(name);
    if (name === "keep") return 7;
    const next = waiting.shift()!;
    if (next instanceof Error) throw next;
    return next;
  }) as AskTraining;
  return {train, asked};
}

const kept = (step: number): TrainingNews => ({kind: "kept", step});

it("goes on piece by piece until it has finished, and tells all in order", async () => {
  const engine = fakeEngine([[kept(1), kept(2)], [], [kept(3), {kind: "finished", step: 3}]]);
  const told: TrainingNews[] = [];
  const end = await runTraining(engine, "a", {signal: new AbortController().signal, onNews: (news) => told.push(news)});
  expect(end).toEqual({kind: "finished", step: 3});
  expect(told).toEqual([kept(1), kept(2), kept(3), end]);
  expect(engine.asked).toEqual(["advance", "advance", "advance"]);
});

it("keeps what was made when it is paused", async () => {
  const engine = fakeEngine([[kept(1)], [kept(2)]]);
  const pause = new AbortController();
  const told: TrainingNews[] = [];
  const onNews = (news: TrainingNews) => {
    told.push(news);
    pause.abort();
  };
  expect(await runTraining(engine, "a", {signal: pause.signal, onNews})).toEqual({kind: "paused", step: 7});
  expect(engine.asked).toEqual(["advance", "keep"]);
  expect(told).toEqual([kept(1), kept(7)]);
});

it("tells that the worker is gone; other faults are the caller's", async () => {
  const signal = new AbortController().signal;
  const onNews = () => {};
  const lost = fakeEngine([new EngineLost("It stopped.")]);
  expect(await runTraining(lost, "a", {signal, onNews})).toEqual({kind: "worker lost", message: "It stopped."});
  await expect(runTraining(fakeEngine([new Error("It is not open.")]), "a", {signal, onNews})).rejects.toThrow("not open");
});
