import {existsSync, readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import {expect, it} from "vitest";
import {LESSONS} from "../../data/lessons.js";
import {ROOT} from "../../scripts/site/root.js";

const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

/** What begins like a path in one of the repository's folders; readers fill in `<lesson>`, and `*` stands for more than one. */
const PATH = /(?<![\w./-])(?:src|components|data|scripts|test|docs)\/[\w./<>*-]*/g;

it.each(["README.md", "CONTRIBUTING.md"])("every path that %s names is there", (document) => {
  const named = [...read(document).matchAll(PATH)].map(([found]) => found.replace(/\.$/, ""));
  expect(named.length).toBeGreaterThan(10);
  // Of what is to be filled in, the folder.
  const fixed = named.map((name) => (/[<*]/.test(name) ? path.dirname(name.slice(0, name.search(/[<*]/) + 1)) : name));
  expect(fixed.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

it("README.md leads to every lesson", () => {
  const links = LESSONS.map(({path: address}) => `(src/${address === "/" ? "index" : address.slice(1)}.md)`);
  const readme = read("README.md");
  expect(links.filter((link) => !readme.includes(link))).toEqual([]);
});

it.each(LESSONS.map(({path: address}) => `src/${address === "/" ? "index" : address.slice(1)}.md`))(
  "%s ends with three things that its reader now knows",
  (page) => {
    const [, section = ""] = read(page).split("## What you now know\n");
    expect(section.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(3);
    expect(section).not.toContain("\n## ");
  }
);

it("apostrophes are straight, for `typeset` curves them, and quotation marks curly, in prose and in what pages say", () => {
  const files = ["src", "components", "data", "scripts"].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), {recursive: true, encoding: "utf8"}).map((file) => path.join(folder, file))
  );
  const texts = [...files.filter((file) => /\.(?:md|ts|html)$/.test(file) && !file.includes("vendor")), "README.md", "CONTRIBUTING.md"];
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter((file) => /[\u2018\u2019]/.test(read(file)))).toEqual([]);
  // A word between apostrophes is a quotation; in the pages' Markdown nothing else stands so.
  const pages = texts.filter((file) => file.endsWith(".md") && !file.includes("models"));
  expect(pages.filter((file) => /(?<![\w}])'[a-z][a-z ]*'(?!\w)/.test(read(file)))).toEqual([]);
});

it("every environment variable that is read stands in CONTRIBUTING.md's table, and no other", () => {
  const files = ["scripts", "test"].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), {recursive: true, encoding: "utf8"}).map((file) => path.join(folder, file))
  );
  const sources = [...files, "playwright.config.ts"].filter((file) => file.endsWith(".ts")).map(read);
  const found = sources.flatMap((text) => [...text.matchAll(/process\.env(?:\.|\[")([A-Z_]+)/g)].map(([, name]) => name!));
  const table = [...read("CONTRIBUTING.md").matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!);
  expect(new Set(table)).toEqual(new Set(found.filter((name) => name !== "PATH")));
});
