/**
 * `npm test`: types, lint and the site's build at once, unit tests, then end-to-end tests in a real browser against the built site.
 * Names the tests that failed and those that passed only when they were tried again, and ends with one line that counts what passed, failed
 * and was skipped.
 */
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {chromiumPath} from "./browser/chromium.js";
import {readBrowserReport, readUnitReport} from "./test/reports.js";
import type {Results} from "./test/reports.js";
import {run, runQuietly} from "./test/commands.js";

const reports = await mkdtemp(path.join(tmpdir(), "deeplab-tests-"));
const unitReport = path.join(reports, "unit.json");
const browserReport = path.join(reports, "browser.json");

const total = {passed: 0, failed: 0, skipped: 0};
const failing: string[] = [];
const flaky: string[] = [];
try {
  const browser = await findBrowser();
  // The build keeps one core busy, and these, one after another, the other.
  await Promise.all([
    check("build", "tsx", "scripts/build.ts"),
    checkInTurn("types", "lint:code", "lint:typed", "lint:format", "lint:layers")
  ]);
  await suite(
    "unit tests",
    () => readUnitReport(unitReport),
    {},
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${unitReport}`
  );
  if (browser) {
    const environment = {PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport};
    await suite("end-to-end tests", () => readBrowserReport(browserReport), environment, "playwright", "test", "--reporter=list,json");
  } else {
    console.log("\n▶ end-to-end tests: skipped, because there is no Chromium and none could be installed. Set CHROMIUM_PATH to one.");
    total[process.env["CI"] ? "failed" : "skipped"]++;
  }
} finally {
  await rm(reports, {recursive: true, force: true});
}
if (failing.length > 0) console.log(`\nfailed${listed(failing)}`);
console.log(`\n${flaky.length} flaky${listed(flaky)}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
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
  if (!found()) await run("installing a Chromium for the tests", {}, "playwright", "install", "chromium");
  return found();
}

/** A step that passes or fails as a whole; what it says is shown when it has ended, so that steps can run side by side. */
async function check(title: string, command: string, ...args: string[]): Promise<void> {
  const succeeded = await runQuietly(title, command, ...args);
  total[succeeded ? "passed" : "failed"]++;
  if (!succeeded) failing.push(title);
}

/** Scripts of package.json, each of which passes or fails as a whole. */
async function checkInTurn(...scripts: string[]): Promise<void> {
  for (const script of scripts) await check(script, "npm", "run", "--silent", script);
}

/** A step that reports its own tests. One that ends badly without a failed test counts as a failure. */
async function suite(
  title: string,
  report: () => Promise<Results | null>,
  environment: Readonly<Record<string, string>>,
  command: string,
  ...args: string[]
): Promise<void> {
  const succeeded = await run(title, environment, command, ...args);
  const results = (await report()) ?? {passed: 0, failed: 1, skipped: 0, failing: [title], flaky: []};
  total.passed += results.passed;
  total.failed += succeeded ? results.failed : Math.max(1, results.failed);
  total.skipped += results.skipped;
  failing.push(...results.failing);
  flaky.push(...results.flaky);
}

function listed(tests: readonly string[]): string {
  return tests.map((test) => `\n  ${test}`).join("");
}
