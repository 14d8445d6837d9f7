import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {readBrowserReport, readUnitReport} from "../../scripts/test/reports.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "deeplab-reports-"));
});
afterEach(() => rm(folder, {recursive: true}));

async function report(content: object): Promise<string> {
  const file = path.join(folder, "report.json");
  await writeFile(file, JSON.stringify(content));
  return file;
}

it("counts what vitest reports", async () => {
  const file = await report({numTotalTests: 7, numPassedTests: 4, numFailedTests: 2, numPendingTests: 1});
  expect(await readUnitReport(file)).toEqual({passed: 4, failed: 2, skipped: 1, flaky: []});
});

it("counts what passed at the second try as passed, and names it, in suites within suites too", async () => {
  const spec = (title: string, status: string) => ({title, tests: [{status}]});
  const file = await report({
    stats: {expected: 3, flaky: 2, unexpected: 1, skipped: 4},
    suites: [
      {
        file: "a.spec.ts",
        specs: [spec("steady", "expected"), spec("wavers", "flaky")],
        suites: [{file: "a.spec.ts", specs: [spec("wavers inside", "flaky"), spec("fails", "unexpected")]}]
      }
    ]
  });
  expect(await readBrowserReport(file)).toEqual({
    passed: 5,
    failed: 1,
    skipped: 4,
    flaky: ["a.spec.ts: wavers", "a.spec.ts: wavers inside"]
  });
});

it("is nothing where the run left no report", async () => {
  const file = path.join(folder, "none.json");
  expect([await readUnitReport(file), await readBrowserReport(file)]).toEqual([null, null]);
});
