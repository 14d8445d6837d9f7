import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import type MarkdownIt from "markdown-it";
// @ts-expect-error Framework's own, which the site is built with, has no types for its parts.
import * as framework from "../../node_modules/@observablehq/framework/dist/markdown.js";
import {standInLine} from "../../scripts/site/stand-in-line.js";
import {layLessons} from "../../scripts/site/lesson-layout.js";

const {createMarkdownIt, parseMarkdown} = framework as unknown as {
  createMarkdownIt(options: {markdownIt(md: MarkdownIt): MarkdownIt}): MarkdownIt;
  parseMarkdown(markdown: string, options: {readonly md: MarkdownIt; readonly path: string}): {readonly body: string};
};

/** A page of the site as Framework makes it of Markdown. */
function pageOf(markdown: string, path = "/lesson"): HTMLElement {
  const md = createMarkdownIt({markdownIt: (made) => layLessons(standInLine(made), (here) => here === "/lesson")});
  return new JSDOM(parseMarkdown(markdown, {md, path}).body).window.document.body;
}

/** What a page's rows hold, part by part, each block by its text or by what the page puts there. */
function rowsOf(page: HTMLElement): Record<string, string[]>[] {
  return [...page.querySelectorAll(".lesson-row")].map((row) => ({
    row: [row.className.replace("lesson-row", "").trim()],
    ...Object.fromEntries([...row.children].map((part) => [part.className, [...part.children].map(({textContent}) => textContent!.trim())]))
  }));
}

describe("the rows of a lesson", () => {
  it("hold the head of the page and its first section, then a section each", () => {
    const page = pageOf("# Title\n\nLead.\n\n${page.bar}\n\n## One\n\n${page.first}\n\nMore.\n\n## Two\n\nWords.\n\n${page.second}\n");
    expect(rowsOf(page)).toEqual([
      {row: [""], "lesson-words": ["Title", "Lead.", "", "One"], "lesson-figures": [""], "lesson-words lesson-words-after": ["More."]},
      {row: [""], "lesson-words": ["Two", "Words."], "lesson-figures": [""]}
    ]);
  });

  it("begin anew with words that lead to another figure, and keep figures that follow each other together", () => {
    const page = pageOf("## One\n\n${page.first}\n\n${page.second}\n\nTo the third.\n\n${page.third}\n");
    expect(rowsOf(page)).toEqual([
      {row: [""], "lesson-words": ["One"], "lesson-figures": ["", ""]},
      {row: [""], "lesson-words": ["To the third."], "lesson-figures": [""]}
    ]);
  });

  it("take all the width for what asks for it, and have no place for figures where there is none", () => {
    const page = pageOf(
      '## One\n\n<div class="broad">${page.first}</div>\n\n## Two\n\nWords.\n\n<div class="words">${page.second}</div>\n'
    );
    expect(rowsOf(page)).toEqual([
      {row: ["broad-row"], "lesson-words": ["One"], "lesson-figures": [""]},
      {row: ["words-row"], "lesson-words": ["Two", "Words.", ""]}
    ]);
  });

  it("keep formulas and attempts among the words", () => {
    const page = pageOf('Words ${formula("r")}.\n\n${formula("y = x", {display: true})}\n\n${page.attempts}\n\n${page.figure}\n');
    expect(page.querySelector(".lesson-words")!.children).toHaveLength(3);
    expect(page.querySelector(".lesson-figures")!.children).toHaveLength(1);
  });

  it("are not laid on other pages", () => {
    expect(pageOf("## One\n\n${page.first}\n", "/workbench").querySelector(".lesson-row")).toBeNull();
  });
});

describe("a formula that is written out", () => {
  it("stands as MathML until the page sets it, inline or in a line of its own", () => {
    const page = pageOf('Rate ${formula("r_1")}:\n\n${formula("y = \\\\sum_k x", {display: true})}\n');
    const [inline, display] = page.querySelectorAll("observablehq-loading");
    expect(inline!.querySelector("msub")!.textContent).toBe("r1");
    expect(display!.classList.contains("formula-display")).toBe(true);
    expect(display!.textContent).toContain("∑");
    // Framework finds its place by the comment that follows.
    expect(display!.nextSibling!.nodeType).toBe(8);
  });

  it("is as words are that set a figure", () => {
    const page = pageOf('Look ${page.show("at the paper\'s rates & more", {rate: 18})} now.\n');
    expect(page.querySelector("p")!.textContent).toBe("Look at the paper’s rates & more now.");
  });

  it("is left to the page where it is computed", () => {
    expect(pageOf("${formula(text)}\n").querySelector("math")).toBeNull();
  });
});
