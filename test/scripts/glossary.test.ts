import {readFileSync} from "node:fs";
import path from "node:path";
import {JSDOM} from "jsdom";
import type MarkdownIt from "markdown-it";
import {describe, expect, it} from "vitest";
// @ts-expect-error Framework's own, which the site is built with, has no types for its parts.
import * as framework from "../../node_modules/@observablehq/framework/dist/markdown.js";
import {GLOSSARY, termId} from "../../data/glossary.js";
import {LESSONS} from "../../data/lessons.js";
import {explainTerms} from "../../scripts/site/glossary.js";
import {layLessons} from "../../scripts/site/lesson-layout.js";
import {ROOT} from "../../scripts/site/root.js";

const {createMarkdownIt, parseMarkdown} = framework as unknown as {
  createMarkdownIt(options: {markdownIt(md: MarkdownIt): MarkdownIt}): MarkdownIt;
  parseMarkdown(markdown: string, options: {readonly md: MarkdownIt; readonly path: string}): {readonly body: string};
};

/** A page of the site as Framework makes it of Markdown. */
function pageOf(markdown: string, at = "/decoder"): HTMLElement {
  const made = createMarkdownIt({
    markdownIt: (md) =>
      explainTerms(
        layLessons(md, () => true),
        GLOSSARY,
        LESSONS,
        (here) => here
      )
  });
  return new JSDOM(parseMarkdown(markdown, {md: made, path: at}).body).window.document.body;
}

const fileOf = (lesson: string) => path.join(ROOT, "src", `${lesson === "/" ? "index" : lesson.slice(1)}.md`);
const wordsIn = (page: HTMLElement) => [...page.querySelectorAll("button.term")].map(({textContent}) => textContent);

describe("the words of the field", () => {
  it("are in order, each once, in two short sentences, with a lesson that there is", () => {
    const terms = GLOSSARY.map(({term}) => term.toLowerCase());
    expect(terms).toEqual(terms.toSorted());
    const forms = GLOSSARY.flatMap(({term, forms = []}) => [term, ...forms].map((form) => form.toLowerCase()));
    expect(new Set(forms).size).toBe(forms.length);
    for (const {term, text, lesson} of GLOSSARY) {
      expect(text.match(/[.] |[.]$/g), term).toHaveLength(2);
      expect(text.length, term).toBeLessThan(190);
      const [page, section] = lesson.split("#");
      expect(LESSONS.map((each) => each.path)).toContain(page);
      const headings = [...readFileSync(fileOf(page!), "utf8").matchAll(/^##+ (.*)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replaceAll(/[^a-z0-9 ]/g, "")
          .trim()
          .replaceAll(" ", "-")
      );
      if (section) expect(headings, lesson).toContain(section);
    }
  });

  it("explain themselves where they first stand in prose, the longest of those that begin alike", () => {
    const page = pageOf(
      "# The stride\n\nAn output stride is no **stride**. A stride is one, and the stride too.\n\n[A kernel](./atrous), `kernel`, Kernels.\n"
    );
    expect(wordsIn(page)).toEqual(["output stride", "stride", "Kernels"]);
    for (const word of page.querySelectorAll("button.term")) {
      const note = page.querySelector(`#${word.getAttribute("aria-describedby")}`)!;
      expect(note.hasAttribute("popover")).toBe(true);
      expect(note.textContent).toContain(GLOSSARY.find(({term}) => termId(term) === note.id)!.text);
    }
    expect(page.querySelector("#term-stride a")!.getAttribute("href")).toContain("output-stride");
    expect(page.querySelector("p")!.textContent).toBe("An output stride is no stride. A stride is one, and the stride too.");
  });

  it("are no part of longer ones that were explained before", () => {
    const page = pageOf(
      "An output stride. One output stride has no batch norm, and of the batch norms none.\n\nThe output stride and a stride.\n"
    );
    expect(wordsIn(page)).toEqual(["output stride", "batch norm", "stride"]);
    expect(page.querySelector("p:last-of-type")!.textContent).toBe("The output stride and a stride.");
    expect(page.querySelectorAll("p")[1]!.innerHTML).toMatch(/^The output stride and a .*>stride</);
  });

  it("hold what no line may begin with", () => {
    const page = pageOf("A stride, a kernel's rate (and a mask). Logits and features at 1 channel .5 wide\n");
    expect([...page.querySelectorAll(".term-held")].map(({textContent}) => textContent)).toEqual(["stride,", "kernel's", "mask)."]);
    expect(page.querySelector("p")!.textContent).toBe("A stride, a kernel's rate (and a mask). Logits and features at 1 channel .5 wide");
  });

  it("stand for themselves where a page is no lesson, or uses them for something else", () => {
    expect(wordsIn(pageOf("The stride.\n", "/workbench"))).toEqual([]);
    expect(wordsIn(pageOf("One rate.\n", "/learning"))).toEqual([]);
    expect(wordsIn(pageOf("One rate.\n"))).toEqual(["rate"]);
  });

  it.each(LESSONS.map((lesson) => lesson.path))("%s explains some, each once", (at) => {
    const words = pageOf(readFileSync(fileOf(at), "utf8"), at).querySelectorAll("button.term");
    const ids = [...words].map((word) => word.getAttribute("aria-describedby"));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
