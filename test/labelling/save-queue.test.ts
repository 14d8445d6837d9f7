import {expect, it} from "vitest";
import {saveQueue} from "../../src/labelling/save-queue.js";

/** Writings that end when they are told to. */
function held() {
  const begun: string[] = [];
  const ends: ((problem?: Error) => void)[] = [];
  return {
    begun,
    write: (what: string) => () =>
      new Promise<void>((resolve, reject) => {
        begun.push(what);
        ends.push((problem) => (problem ? reject(problem) : resolve()));
      }),
    async end(problem?: Error) {
      ends.shift()!(problem);
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
}

it("writes one after the other, and of what waits under one name the newest alone", async () => {
  const {begun, write, end} = held();
  const queue = saveQueue(() => {});
  queue.save("a", write("a1"));
  queue.save("a", write("a2"));
  queue.save("b", write("b1"));
  queue.save("a", write("a3"));
  expect(begun).toEqual(["a1"]);
  expect(queue.isSaved()).toBe(false);
  await end();
  await end();
  await end();
  expect(begun).toEqual(["a1", "a3", "b1"]);
  await queue.settled();
  expect(queue.isSaved()).toBe(true);
});

it("tells what failed, and tries it again with the next, in its place the newer one", async () => {
  const {begun, write, end} = held();
  const problems: unknown[] = [];
  const queue = saveQueue((problem) => problems.push(problem));
  const full = new Error("full");
  queue.save("a", write("a1"));
  await end(full);
  expect(problems).toEqual([full]);
  expect(queue.isSaved()).toBe(false);
  queue.save("b", write("b1"));
  await end();
  await end();
  expect(begun.slice(1).sort()).toEqual(["a1", "b1"]);
  expect(queue.isSaved()).toBe(true);
  queue.save("a", write("a2"));
  await end(full);
  queue.save("a", write("a3"));
  await end();
  expect(begun.slice(3)).toEqual(["a2", "a3"]);
  expect([problems.at(-1), queue.isSaved()]).toEqual([null, true]);
});

it("what was dropped is not tried again", async () => {
  const {begun, write, end} = held();
  const queue = saveQueue(() => {});
  queue.save("a", write("a1"));
  queue.save("b", write("b1"));
  queue.drop("b");
  await end(new Error("full"));
  queue.drop("a");
  expect(queue.isSaved()).toBe(true);
  queue.save("c", write("c1"));
  await end();
  expect(begun).toEqual(["a1", "c1"]);
});
