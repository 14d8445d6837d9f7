/**
 * `npm test`: types, lint, unit tests, then end-to-end tests in a real browser against the built site. Ends with
 * one line that counts what passed, failed and was skipped.
 */
import {spawn} from "node:child_process";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {chromiumPath} from "./browser/chromium.js";
import {ROOT} from "./site/root.js";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const reports = await mkdtemp(path.join(tmpdir(), "deeplab-tests-"));
const unitReport = path.join(reports, "unit.json");
const browserReport = path.join(reports, "browser.json");

const total: Counts = {passed: 0, failed: 0, skipped: 0};
try {
  const browser = await findBrowser();
  await check("types", "tsc", ["--noEmit"]);
  await check("lint", "eslint", ["."]);
  await suite("unit tests", unitReport, countUnit, "vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${unitReport}`
  ]);
  await check("build", "tsx", ["scripts/build.ts"]);
  if (browser) {
    await suite("end-to-end tests", browserReport, countBrowser, "playwright", ["test", "--reporter=list,json"]);
  } else {
    console.log("\n▶ end-to-end tests: skipped, because there is no Chromium and none could be installed. Set CHROMIUM_PATH to one.");
    total[process.env["CI"] ? "failed" : "skipped"]++;
  }
} finally {
  await rm(reports, {recursive: true, force: true});
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Whether there is a Chromium; where there is none, Playwright is asked for its own, once. */
async function findBrowser(): Promise<boolean> {
  const found = () => {
    try {
      return Boolean(chromiumPath());
    } catch {
      return false;
    }
  };
  if (!found()) await execute("installing a Chromium for the tests", "playwright", ["install", "chromium"]);
  return found();
}

/** A step that passes or fails as a whole. */
async function check(title: string, command: string, args: string[]): Promise<boolean> {
  const passed = (await execute(title, command, args)) === 0;
  total[passed ? "passed" : "failed"]++;
  return passed;
}

/** A step that reports its own tests. One that ends badly without a failed test counts as a failure. */
async function suite(title: string, report: string, count: (report: unknown) => Counts, command: string, args: string[]): Promise<void> {
  const code = await execute(title, command, args);
  const text = await readFile(report, "utf8").catch(() => null);
  const counts = text === null ? {passed: 0, failed: 1, skipped: 0} : count(JSON.parse(text));
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

async function execute(title: string, command: string, args: string[]): Promise<number | null> {
  console.log(`\n▶ ${title}`);
  const child = spawn(path.join(ROOT, "node_modules/.bin", command), args, {
    cwd: ROOT,
    stdio: "inherit",
    env: {...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport}
  });
  return new Promise((resolve, reject) => child.on("exit", resolve).on("error", reject));
}

function countUnit(report: unknown): Counts {
  const {numPassedTests, numFailedTests, numPendingTests} = report as Record<string, number>;
  return {passed: numPassedTests!, failed: numFailedTests!, skipped: numPendingTests!};
}

function countBrowser(report: unknown): Counts {
  const {expected, flaky, unexpected, skipped} = (report as {stats: Record<string, number>}).stats;
  return {passed: expected! + flaky!, failed: unexpected!, skipped: skipped!};
}
