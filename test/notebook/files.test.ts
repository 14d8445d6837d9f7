/** Notebooks written and read again, in each way; the kit's files are those that Notebook Kit 2.1.8's own `serialize` wrote. */
import {readFileSync} from "node:fs";
import path from "node:path";
import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {fromFragment, holdsNotebook, toFragment} from "../../src/notebook/address.js";
import {readKitFile, writeKitFile} from "../../src/notebook/kit-file.js";
import {readMarkdown, writeMarkdown} from "../../src/notebook/markdown-file.js";
import {isTyped} from "../../src/notebook/without-types.js";
import type {Mode, Notebook} from "../../src/notebook/notebook.js";

const parse = (html: string) => new JSDOM(html).window.document;
const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, "../fixtures/notebook", name), "utf8");

function book(title: string, ...cells: readonly (readonly [Mode, string])[]): Notebook {
  return {title, cells: cells.map(([mode, text], index) => ({id: index + 1, mode, text}))};
}

const BOOKS: readonly Notebook[] = [
  book("Two texts, one after the other", ["md", "# One"], ["md", "Two\n\n- a\n- b"], ["js", "const x = 1"], ["js", "x + `\n\n${x}`"]),
  book(
    'A "title": with <signs> & more',
    ["js", ""],
    ["js", "// </script> <!-- cell -->\n'```'"],
    ["md", "```js\nnot a cell\n```\n\n````ts run=false\nx\n````"]
  ),
  book("Fences in code", ["js", "const md = `\n```js\n1\n```\n`"], ["md", "after"]),
  book("Ü ä 日本", ["md", "日本語 ${1 + 1} \\${x}"], ["js", "'é🙂'"])
];

describe.each(BOOKS)("“$title”", (written) => {
  it("is the same out of Notebook Kit's HTML, Markdown and an address", async () => {
    expect(readKitFile(writeKitFile(written, isTyped), parse)).toEqual(written);
    expect(readMarkdown(writeMarkdown(written, isTyped))).toEqual(written);
    const fragment = await toFragment(written);
    expect(fragment).toMatch(/^cells=[\w-]+$/);
    expect(await fromFragment(`#${fragment}`)).toEqual(written);
  });
});

describe("Notebook Kit's files", () => {
  it("are read as it means them, and written byte for byte as it does", () => {
    const read = readKitFile(fixture("kit.html"), parse);
    expect(read).toEqual(
      book(
        "Kit <2.1> & us",
        ["md", "# A title & more\n\n    indented code\n\nwith `</script>` in it, ${value}."],
        ["js", 'const value = 1;\n\nif (value < 2) {\n  display("<b>" + value);\n}'],
        ["js", '"</script>" + "<\\/script>"'],
        ["md", ""]
      )
    );
    expect(writeKitFile(read, isTyped)).toBe(fixture("kit.html"));
  });

  it("with cells that do not run here keep their text, as what is shown", () => {
    const {cells} = readKitFile(fixture("kit-others.html"), parse);
    expect(cells.map(({mode}) => mode)).toEqual(["md", "md", "js", "md"]);
    expect(cells[0]!.text).toBe("A cell of SQL, which does not run here:\n\n````\nselect 1\n````");
    expect(cells[2]!.text).toBe("const x: number = 1");
  });

  it("and Markdown say which cells are TypeScript, so that others can run them", () => {
    const written = book("Types", ["js", "const x: number = 1"], ["js", "const y = 1 < x"], ["js", "{a: 1 as number, b: 2}"]);
    expect(writeKitFile(written, isTyped).match(/type="[^"]*"/g)).toEqual([
      'type="text/x-typescript"',
      'type="module"',
      'type="text/x-typescript"'
    ]);
    expect(writeMarkdown(written, isTyped).match(/^```\w+$/gm)).toEqual(["```ts", "```js", "```ts"]);
    expect(readKitFile(writeKitFile(written, isTyped), parse)).toEqual(written);
    expect(readMarkdown(writeMarkdown(written, isTyped))).toEqual(written);
  });

  it("that hold no notebook are refused", () => {
    expect(() => readKitFile("<p>A page</p>", parse)).toThrow(/holds no notebook/);
  });
});

it("any Markdown is a notebook: its fences of js are cells, what code it shows is not", () => {
  const read = readMarkdown("# Hello\r\n\r\n```js\r\n1 + 1\r\n```\r\n\r\n```py\nprint()\n```\n```js\nnever closed");
  expect(read.title).toBe("Untitled notebook");
  expect(read.cells.map(({mode, text}) => [mode, text])).toEqual([
    ["md", "# Hello"],
    ["js", "1 + 1"],
    ["md", "```py\nprint()\n```\n```js\nnever closed"]
  ]);
  expect(readMarkdown("---\ntitle: Plain words\n---\ntext").title).toBe("Plain words");
});

it("an address that was cut short, or holds something else, says so", async () => {
  const fragment = await toFragment(BOOKS[0]!);
  await expect(fromFragment(fragment.slice(0, -9))).rejects.toThrow(/cut short/);
  await expect(fromFragment("cells=!!")).rejects.toThrow(/cannot be read/);
  expect([holdsNotebook(`#${fragment}`), holdsNotebook("#cell"), holdsNotebook("")]).toEqual([true, false, false]);
});
