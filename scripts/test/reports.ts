import {readFile} from "node:fs/promises";
import path from "node:path";
import {stripVTControlCharacters} from "node:util";
import type {JSONReport, JSONReportSuite} from "@playwright/test/reporter";
import {ROOT} from "../site/root.js";

/** What a run of tests came to. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that failed, by file and title, with the first line of why. */
  readonly failing: readonly string[];
  /** Tests that failed and passed when they were tried again, as `failing` has them; they count as passed. */
  readonly flaky: readonly string[];
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Reads the JSON report of vitest, which tries nothing again. @returns null where there is none */
export async function readUnitReport(file: string): Promise<Results | null> {
  const report = (await readJson(file)) as UnitReport | null;
  if (!report) return null;
  const failing = report.testResults.flatMap(({name, assertionResults}) =>
    assertionResults
      .filter(({status}) => status === "failed")
      .map(({fullName, failureMessages}) => named(path.relative(ROOT, name), fullName, failureMessages?.[0]))
  );
  return {passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, failing, flaky: []};
}

/** Reads the JSON report of Playwright. @returns null where there is none */
export async function readBrowserReport(file: string): Promise<Results | null> {
  const report = (await readJson(file)) as JSONReport | null;
  if (!report) return null;
  const {expected, flaky, unexpected, skipped} = report.stats;
  const those = (status: string) => report.suites.flatMap((suite) => specsOf(suite, status));
  return {passed: expected + flaky, failed: unexpected, skipped, failing: those("unexpected"), flaky: those("flaky")};
}

/** Tests of a suite, and of those within it, that ended in such a way. */
function specsOf({file, specs, suites = []}: JSONReportSuite, wanted: string): string[] {
  const here = specs.flatMap(({title, tests}) =>
    tests.filter(({status}) => status === wanted).map(({results}) => named(file, title, results.find(({error}) => error)?.error?.message))
  );
  return [...here, ...suites.flatMap((suite) => specsOf(suite, wanted))];
}

function named(file: string, title: string, why?: string): string {
  return `${file}: ${title}${why ? `: ${stripVTControlCharacters(why).split("\n", 1)[0]}` : ""}`;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}
