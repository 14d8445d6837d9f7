import {readFile} from "node:fs/promises";
import path from "node:path";
import {expect, it} from "vitest";
import {PAPER_TABLES} from "../../../data/paper-tables.js";

const SOURCE = path.resolve(import.meta.dirname, "../../../src");

/** What a lesson says under a table of a paper. */
async function saidUnder(lesson: string, table: keyof typeof PAPER_TABLES): Promise<string> {
  const prose = await readFile(path.join(SOURCE, `${lesson}.md`), "utf8");
  return new RegExp(`PAPER_TABLES\\.${table}, "([^"]+)"`).exec(prose)![1]!;
}

/** Per cent of a table's rows by their first column. */
function column(table: keyof typeof PAPER_TABLES, index: number): Record<string, number> {
  return Object.fromEntries(PAPER_TABLES[table].rows.map((row) => [row[0], Number.parseFloat(row[index]!)]));
}
const best = (of: Record<string, number>) => Object.keys(of).reduce((one, other) => (of[other]! > of[one]! ? other : one));

it("what is said of v3's multi-grid follows from its table", async () => {
  const [last, deeper] = [column("v3MultiGrid", 1), column("v3MultiGrid", 2)];
  const said = await saidUnder("residual", "v3MultiGrid");
  expect(said).toContain(`${best(last)} was the best`);
  expect(said).toContain(`With three more blocks it was ${best(deeper)}.`);
  expect((last[best(last)]! - last["(2, 2, 2)"]!).toFixed(2)).toBe("2.00");
  expect(said).toContain("(2, 2, 2), stays two points behind it");
});

it("what is said of v3's image-level features and its fourth rate follows from its table", async () => {
  const points = column("v3Aspp", 1);
  const three = points["(1, 2, 4), rates 6, 12, 18"]!;
  const said = await saidUnder("aspp", "v3Aspp");
  const worth = (points["(1, 2, 4), rates 6, 12, 18, and image pooling"]! - three).toFixed(2);
  expect(said).toContain(`Image-level features are worth ${worth} points there, a fourth branch of rate 24 nothing`);
  expect(points["(1, 2, 4), rates 6, 12, 18, 24"]).toBeLessThan(three);
});

it("what is said of v3+'s decoder follows from its table", async () => {
  const points = column("v3plusDecoder", 1);
  const worth = (name: string) => points[`${name}, decoder with two`]! - points[`${name}, scores enlarged at once`]!;
  expect(await saidUnder("decoder", "v3plusDecoder")).toBe("To ResNet-101 the decoder is worth more than to Xception.");
  expect(worth("ResNet-101")).toBeGreaterThan(worth("Xception"));
});
