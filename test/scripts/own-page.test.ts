import {execFile} from "node:child_process";
import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import {afterAll, beforeAll, expect, it} from "vitest";
import {importsOf} from "../../scripts/site/bundle.js";
import {ROOT} from "../../scripts/site/root.js";
import {prepareStandardLibrary} from "../../scripts/site/standard-library.js";

/** A page as a teacher writes it, by nothing but what Framework has in scope. */
const PAGE = `# Softmax by hand

\`\`\`js echo
const temperature = view(Inputs.range([0.1, 4], {label: "Temperature", step: 0.1, value: 1}));
\`\`\`

\`\`\`js echo
const exponentials = [2, 1, 0].map((logit) => Math.exp(logit / temperature));
display(html\`<b>\${d3.max(exponentials) / d3.sum(exponentials)}</b>\`);
\`\`\`
`;

/** What takes the network away from Framework's own process. */
const OFFLINE = `data:text/javascript,globalThis.fetch=(url)=>Promise.reject(new Error("asked for "+url))`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "deeplab-page-"));
  await mkdir(path.join(folder, "src"));
  await writeFile(path.join(folder, "src/index.md"), PAGE);
  await writeFile(path.join(folder, "observablehq.config.js"), "export default {globalStylesheets: [], search: false};\n");
});
afterAll(() => rm(folder, {recursive: true}));

it("a page with Observable's inputs, html and d3 is built from what is installed, without a network", async () => {
  await prepareStandardLibrary(path.join(folder, "src"));
  const framework = path.join(ROOT, "node_modules/@observablehq/framework/dist/bin/observable.js");
  await promisify(execFile)(process.execPath, ["--import", OFFLINE, framework, "build"], {
    cwd: folder,
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true"}
  });
  const files = await readdir(path.join(folder, "dist"), {recursive: true});
  const find = (pattern: RegExp) => files.find((file) => pattern.test(file))!;
  const read = (file: string) => readFile(path.join(folder, "dist", file), "utf8");
  // Each library is there, holds what the cells call, and is what the page imports.
  const html = await read("index.html");
  for (const [pattern, call] of [
    [/_observablehq\/stdlib\/inputs\.\w+\.js$/, "range"],
    [/_npm\/htl@[\d.]+\/[\w.]+\.js$/, "html"],
    [/_npm\/d3@[\d.]+\/[\w.]+\.js$/, "max"]
  ] as const) {
    const file = find(pattern);
    expect(html).toContain(`./${file}`);
    expect(await read(file)).toMatch(new RegExp(`\\b${call}\\b`));
  }
  expect(html).toContain(find(/inputs\.\w+\.css$/));
  expect(html).not.toMatch(/<(?:script|link)[^>]+https?:|from "https?:|import\("https?:/);
  // What is echoed is shown.
  expect(html).toContain('<pre data-language="js">');
});

it("a package that a cell imports is bundled with the page's own modules", () => {
  const html = 'import("./_import/pages/own.1a.js"), import("./_node/htl@0.3.1/index.2b.js"), import("./_import/pages/own.1a.js")';
  expect(importsOf(html)).toEqual(["_import/pages/own.1a.js", "_node/htl@0.3.1/index.2b.js"]);
});
