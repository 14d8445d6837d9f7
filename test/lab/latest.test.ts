import {expect, it} from "vitest";
import {latestWins} from "../../src/lab/latest.js";
import {isAborted} from "../../src/engine/aborted.js";

/** Work that ends when it is told to. */
function steered() {
  const ends: (() => void)[] = [];
  const started: string[] = [];
  const work = (name: string) => {
    started.push(name);
    return new Promise<string>((resolve) => ends.push(() => resolve(name)));
  };
  return {started, work, end: (index: number) => ends[index]!()};
}

it("of calls that wait only the last runs, and only its result counts", async () => {
  const {started, work, end} = steered();
  const call = latestWins(work);
  const results = ["a", "b", "c"].map((name) => call(name).catch((reason) => (isAborted(reason) ? `${name} overtaken` : "wrong")));
  await Promise.resolve();
  expect(started).toEqual(["a"]);
  end(0);
  await new Promise((resolve) => setTimeout(resolve));
  expect(started).toEqual(["a", "c"]);
  end(1);
  expect(await Promise.all(results)).toEqual(["a overtaken", "b overtaken", "c"]);
});

it("an error of a call that was overtaken is nobody's business", async () => {
  let fail = true;
  const call = latestWins(async () => {
    await Promise.resolve();
    if (fail) throw new Error("broken");
    return "fine";
  });
  const first = call().catch((reason) => isAborted(reason));
  fail = false;
  const second = call();
  expect(await first).toBe(true);
  expect(await second).toBe("fine");
  fail = true;
  await expect(call()).rejects.toThrow("broken");
});
