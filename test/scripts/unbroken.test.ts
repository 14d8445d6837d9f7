import type MarkdownIt from "markdown-it";
import {expect, it} from "vitest";
// @ts-expect-error Framework's own, which the site is built with, has no types for its parts.
import * as framework from "../../node_modules/@observablehq/framework/dist/markdown.js";
import {keepSizesWhole} from "../../scripts/site/unbroken.js";

const {createMarkdownIt} = framework as unknown as {createMarkdownIt(options: {markdownIt(md: MarkdownIt): MarkdownIt}): MarkdownIt};

it("a size in prose stands on one line, in code it is as it was written", () => {
  const made = createMarkdownIt({markdownIt: keepSizesWhole}).render("A **3 × 3** kernel on 33 × 33 × 48 cells: `3 × 3`, n × n.");
  expect(made).toContain("<strong>3\u00a0×\u00a03</strong> kernel on 33\u00a0×\u00a033\u00a0×\u00a048 cells");
  expect(made).toContain("<code>3 × 3</code>, n × n");
});
