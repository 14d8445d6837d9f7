import MarkdownIt from "markdown-it";
import {expect, it} from "vitest";
import {setWords} from "../../scripts/site/set-words.js";

it("sets the words of Markdown, and leaves code and markup as they are", () => {
  const page = setWords(new MarkdownIt({html: true})).render("The kernel's *3×3* taps, `it's 3×3`, <i title=\"it's\">it's</i>");
  expect(page).toContain("kernel’s <em>3\u00a0×\u00a03</em> taps");
  expect(page).toContain("<code>it's 3×3</code>");
  expect(page).toContain('<i title="it\'s">it’s</i>');
});
