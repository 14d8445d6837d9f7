import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {typeset} from "../../components/page/typeset.js";
import {LESSONS} from "../../data/lessons.js";
import {siteFooter, siteHeader} from "../../scripts/site/header.js";

const TOOLS = [
  {path: "/workbench", name: "Workbench"},
  {path: "/label", name: "Label"}
];

function headerOf(path: string): HTMLElement {
  return new JSDOM(siteHeader(path, LESSONS, TOOLS)).window.document.body;
}
const hrefs = (elements: Iterable<Element>) => [...elements].map((element) => element.getAttribute("href"));

describe("the header", () => {
  it("leads to every lesson and tool, names the lesson that is open, and marks it once", () => {
    const header = headerOf("/aspp");
    const nav = header.querySelector(".site-nav")!;
    expect(hrefs(nav.querySelectorAll("a"))).toEqual(["/", ...LESSONS.map(({path}) => path), "/workbench", "/label"]);
    expect(hrefs(nav.querySelectorAll("[aria-current]"))).toEqual(["/aspp"]);
    expect(nav.querySelector("button")!.textContent).toBe("Lesson 6 ASPP");
    for (const button of nav.querySelectorAll("button"))
      expect(header.querySelector(`#${button.getAttribute("popovertarget")}`)!.hasAttribute("popover")).toBe(true);
  });

  it("begins with a way past it, to what the page is about", () => {
    const [first] = headerOf("/aspp").querySelectorAll("a, button");
    expect(first!.getAttribute("href")).toBe("#observablehq-main");
    expect(first!.textContent).toBe("Skip to the content");
  });

  it("shows the network over lessons alone, but for the one that draws all of it", () => {
    expect(headerOf("/workbench").querySelector(".network-strip")).toBeNull();
    expect(headerOf("/workbench").querySelector("button")!.textContent).toBe("Lessons");
    for (const {path} of LESSONS)
      expect(headerOf(path).querySelectorAll(".network-strip rect.lit").length > 0, path).toBe(path !== "/network");
  });
});

describe("the network over a lesson", () => {
  it("lights what the lesson is about: of the plan, what has a rate, a stride, a decoder", () => {
    const lit = (path: string) => headerOf(path).querySelectorAll(".network-strip rect.lit");
    // What rounds every weight is about all of them.
    expect(lit("/quantisation")).toHaveLength(headerOf("/quantisation").querySelectorAll(".network-strip rect").length);
    // At output stride 16 the last three units are atrous, and three branches of ASPP.
    expect(lit("/atrous")).toHaveLength(3 + 3);
    // Five halvings to 32, of which the last became a rate.
    expect(lit("/output-stride")).toHaveLength(4);
    expect([...lit("/decoder")].every((box) => box.getAttribute("style")!.includes("--concept-decoder"))).toBe(true);
  });

  it("leads from each of its boxes to a lesson, and says to which", () => {
    const strip = headerOf("/decoder").querySelector(".network-strip")!;
    expect(strip.querySelectorAll("a rect")).toHaveLength(strip.querySelectorAll("rect").length);
    const names = new Map(LESSONS.map(({path, name}) => [path, name]));
    for (const link of strip.querySelectorAll("a")) expect(link.getAttribute("aria-label")).toBe(names.get(link.getAttribute("href")!));
    expect(hrefs(strip.querySelectorAll("a"))).toEqual(expect.arrayContaining(["/", "/atrous", "/residual", "/aspp", "/decoder"]));
  });
});

it("the footer leads to the pages before and after, and a lesson's to each lesson", () => {
  const footer = (path: string) => new JSDOM(siteFooter(path, LESSONS, TOOLS)).window.document;
  const links = (path: string) => hrefs(footer(path).querySelectorAll(".lesson-pager a"));
  expect(links("/")).toEqual([LESSONS[1]!.path]);
  expect(links(LESSONS.at(-1)!.path)).toEqual([LESSONS.at(-2)!.path, "/workbench"]);
  expect(links("/elsewhere")).toEqual([]);
  const next = footer("/").querySelector(".lesson-next")!;
  expect(next.textContent).toBe(`${LESSONS[1]!.name}\u00a0→ ${typeset(LESSONS[1]!.about)}`);
  expect(next.querySelector("svg")).not.toBeNull();
  expect(footer(LESSONS.at(-1)!.path).querySelector(".lesson-next")).toBeNull();
  expect(hrefs(footer("/aspp").querySelectorAll(".lesson-progress a"))).toEqual(LESSONS.map(({path}) => path));
  expect(hrefs(footer("/aspp").querySelectorAll(".lesson-progress [aria-current]"))).toEqual(["/aspp"]);
  expect(footer("/workbench").querySelector(".lesson-progress")).toBeNull();
});
