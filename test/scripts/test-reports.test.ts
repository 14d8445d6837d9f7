import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {ROOT} from "../../scripts/site/root.js";
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

it("counts what vitest reports, and names what failed", async () => {
  const file = await report({
    numTotalTests: 7,
    numPassedTests: 4,
    numFailedTests: 2,
    numPendingTests: 1,
    testResults: [
      {
        name: path.join(ROOT, "test/a.test.ts"),
        assertionResults: [
          {fullName: "a sum", status: "passed", failureMessages: []},
          {
            fullName: "a product",
            status: "failed",
            failureMessages: ["AssertionError: \u001b[31mexpected\u001b[39m 1 to be 2\n    at there"]
          },
          {fullName: "a quotient", status: "failed"}
        ]
      }
    ]
  });
  expect(await readUnitReport(file)).toEqual({
    passed: 4,
    failed: 2,
    skipped: 1,
    failing: ["test/a.test.ts: a product: AssertionError: expected 1 to be 2", "test/a.test.ts: a quotient"],
    flaky: []
  });
});

it("counts what passed at the second try as passed, and names it, in suites within suites too", async () => {
  const spec = (title: string, status: string, ...results: object[]) => ({title, tests: [{status, results}]});
  const error = {error: {message: "Error: too late\n\nLog"}};
  const file = await report({
    stats: {expected: 3, flaky: 2, unexpected: 1, skipped: 4},
    suites: [
      {
        file: "a.spec.ts",
        specs: [spec("steady", "expected", {}), spec("wavers", "flaky", error, {})],
        suites: [{file: "a.spec.ts", specs: [spec("wavers inside", "flaky"), spec("fails", "unexpected", error, error)]}]
      }
    ]
  });
  expect(await readBrowserReport(file)).toEqual({
    passed: 5,
    failed: 1,
    skipped: 4,
    failing: ["a.spec.ts: fails: Error: too late"],
    flaky: ["a.spec.ts: wavers: Error: too late", "a.spec.ts: wavers inside"]
  });
});

it("is nothing where the run left no report", async () => {
  const file = path.join(folder, "none.json");
  expect([await readUnitReport(file), await readBrowserReport(file)]).toEqual([null, null]);
});
