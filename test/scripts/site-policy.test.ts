import {readFile} from "node:fs/promises";
import {createHash} from "node:crypto";
import path from "node:path";
import {JSDOM} from "jsdom";
import {expect, it} from "vitest";
import {htlWithoutInlineHandlers} from "../../scripts/site/handlers.js";
import {withPolicy} from "../../scripts/site/policy.js";
import {ROOT} from "../../scripts/site/root.js";

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<script>early("a")</script>
</head>
<body>
<script type="module">
import {define} from "./client.js";
</script>
<script src="./other.js"></script>
`;

/** The policy of a page, by its directives. */
function policyIn(html: string): Map<string, string[]> {
  const [, content] = /^<meta http-equiv="Content-Security-Policy" content="([^"]*)">$/m.exec(html)!;
  return new Map(content!.split("; ").map((directive) => [directive.split(" ")[0]!, directive.split(" ").slice(1)]));
}

it("a page runs the scripts that the build put into it and no other, and connects to its own origin alone", () => {
  const html = withPolicy(PAGE, "aspp.html");
  expect(html.indexOf("http-equiv")).toBeLessThan(html.indexOf("<script"));
  const policy = policyIn(html);
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const module = '\nimport {define} from "./client.js";\n';
  expect(policy.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'", hash('early("a")'), hash(module)]);
  expect(policy.get("connect-src")).toEqual(["'self'", "data:", "blob:"]);
  expect(policy.get("worker-src")).toEqual(["'self'"]);
  for (const [name, sources] of policy) expect(`${name} ${sources.join(" ")}`).not.toMatch(/https?:|\*|nonce/);
});

it("only the notebook's page compiles text, and starts a worker from a blob, which has its page's policy", () => {
  const policy = policyIn(withPolicy(PAGE, "notebook.html"));
  expect(policy.get("script-src")).toContain("'unsafe-eval'");
  expect(policy.get("worker-src")).toEqual(["'self'", "blob:"]);
  expect(policy.get("connect-src")).toEqual(["'self'", "data:", "blob:"]);
});

it("a page without a place for its policy fails the build", () => {
  expect(() => withPolicy("<p>Hello", "a.html")).toThrow("a.html has no place for its Content-Security-Policy.");
});

it("htl of the built site writes no handler into markup, and sets it all the same", async () => {
  const source = await readFile(path.join(ROOT, "node_modules/htl/src/index.js"), "utf8");
  const {window} = new JSDOM("", {runScripts: "outside-only"});
  const markup: string[] = [];
  const {set} = Object.getOwnPropertyDescriptor(window.Element.prototype, "innerHTML")!;
  Object.defineProperty(window.Element.prototype, "innerHTML", {
    set(text: string) {
      markup.push(text);
      set!.call(this, text);
    }
  });
  window.eval(
    htlWithoutInlineHandlers(source).replace("export const html", "globalThis.html").replace("export const svg", "globalThis.svg")
  );
  const view = window.eval(
    'globalThis.pressed = 0; html`<p class=${"a"}><button type="button" onclick=${() => ++pressed} disabled=${false} style=${{color: "red"}} title=${"t"}>Press</button> ${1}</p>`'
  ) as HTMLElement;
  const button = view.querySelector("button")!;
  button.click();
  expect(window.eval("pressed")).toBe(1);
  expect(markup.join("")).toContain("<button");
  expect(markup.join("")).not.toContain("onclick");
  expect(view.outerHTML).toBe('<p class="a"><button type="button" title="t" style="color: red;">Press</button> 1</p>');
});

it("another htl than the one that is known fails the build", () => {
  expect(() => htlWithoutInlineHandlers("export const html = 1;")).toThrow("htl writes handlers otherwise");
});
