import {readFile} from "node:fs/promises";
import type {JSONReport, JSONReportSuite} from "@playwright/test/reporter";

/** What a run of tests came to. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that failed and passed when they were tried again, by file and title; they count as passed. */
  readonly flaky: readonly string[];
}

/** Reads the JSON report of vitest, which tries nothing again. @returns null where there is none */
export async function readUnitReport(file: string): Promise<Results | null> {
  const report = (await readJson(file)) as {numPassedTests: number; numFailedTests: number; numPendingTests: number} | null;
  return report && {passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, flaky: []};
}

/** Reads the JSON report of Playwright. @returns null where there is none */
export async function readBrowserReport(file: string): Promise<Results | null> {
  const report = (await readJson(file)) as JSONReport | null;
  if (!report) return null;
  const {expected, flaky, unexpected, skipped} = report.stats;
  return {passed: expected + flaky, failed: unexpected, skipped, flaky: report.suites.flatMap(flakyOf)};
}

function flakyOf({file, specs, suites = []}: JSONReportSuite): string[] {
  const here = specs.filter(({tests}) => tests.some(({status}) => status === "flaky")).map(({title}) => `${file}: ${title}`);
  return [...here, ...suites.flatMap(flakyOf)];
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}
