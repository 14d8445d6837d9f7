import {cp, mkdir, mkdtemp, readFile, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import ts from "typescript";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {LESSONS} from "../../data/lessons.js";
import {runLessonCommand} from "../../scripts/lesson/cli.js";
import {ROOT} from "../../scripts/site/root.js";

const NAME = "border-effects";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "deeplab-lesson-"));
  for (const file of ["README.md", "data/lessons.ts", "src/aspp.md", "src/404.md", ".prettierrc.json"])
    await cp(path.join(ROOT, file), path.join(root, file));
  await mkdir(path.join(root, "src/lab"));
});
afterEach(() => rm(root, {recursive: true}));

const filesOf = async () => (await readdir(root, {recursive: true})).sort();
const read = (file: string) => readFile(path.join(root, file), "utf8");

async function command(...args: string[]) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  return {code: await runLessonCommand(args, {root, log: say, error: say}), said: said.join("\n")};
}

/** What TypeScript finds wrong with files as if they lay in the project. */
async function faultsOf(files: readonly string[]): Promise<string[]> {
  const {config} = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const {options} = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const laid = new Map(await Promise.all(files.map(async (file) => [path.join(ROOT, file), await read(file)] as const)));
  const host = ts.createCompilerHost(options);
  const {fileExists, readFile: readInProject, getSourceFile, directoryExists} = host;
  host.directoryExists = (folder) => [...laid.keys()].some((file) => file.startsWith(`${folder}/`)) || directoryExists!(folder);
  host.fileExists = (file) => laid.has(file) || fileExists(file);
  host.readFile = (file) => laid.get(file) ?? readInProject(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = laid.get(file);
    return text === undefined ? getSourceFile(file, language, ...rest) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...laid.keys(), path.join(ROOT, "components/htl.d.ts")], options, host);
  return [...laid.keys()]
    .flatMap((file) => [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file))
    ])
    .map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("npm run lesson", () => {
  it("begins a lesson that is listed, linked, and free of faults as TypeScript sees it", async () => {
    const before = new Set(await filesOf());
    const {code, said} = await command("new", NAME, "--title", "What happens at the border");
    expect(said).toContain(`/${NAME}`);
    expect(code).toBe(0);
    const made = (await filesOf()).filter((file) => !before.has(file) && /\.\w+$/.test(file));
    expect(made).toEqual([
      `src/${NAME}.md`,
      `src/pages/lessons/${NAME}/${NAME}.ts`,
      `src/pages/lessons/${NAME}/state.ts`,
      `test/pages/lessons/${NAME}.test.ts`
    ]);
    expect(await faultsOf(made.filter((file) => file.endsWith(".ts")))).toEqual([]);
    expect(await read(`src/${NAME}.md`)).toContain("# What happens at the border\n");
    // The lists have one more, the others as they were.
    const source = ts.transpile(await read("data/lessons.ts"), {module: ts.ModuleKind.ESNext});
    const listed = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {readonly LESSONS: typeof LESSONS};
    expect(listed.LESSONS.slice(0, -1)).toEqual(LESSONS);
    expect(listed.LESSONS.at(-1)).toMatchObject({path: `/${NAME}`, name: "What happens at the border"});
    expect(await read("README.md")).toContain(`, [what happens at the border](src/${NAME}.md). The photo`);
    // A second of the same name is refused.
    expect((await command("new", NAME)).said).toBe(`The name "${NAME}" is taken: there is src/${NAME}.md. Choose another.`);
  });

  it.each([
    [["new", "Border"], '"Border" cannot be an address: take small letters'],
    [["new", "two--dashes"], '"two--dashes" cannot be an address'],
    [["new", "../escape"], '"../escape" cannot be an address'],
    [["new", "aspp"], 'The name "aspp" is taken: there is src/aspp.md. Choose another.'],
    [["new", "lab"], 'The name "lab" is taken: there is src/lab. Choose another.'],
    [["new", "fine", "--title", " "], "A title has some words"],
    [["new", "fine", "--title", 'say "cheese"'], "A title has some words"]
  ])("refuses %j with a sentence, and writes nothing", async (args, sentence) => {
    const before = await filesOf();
    const {code, said} = await command(...args);
    expect(said).toContain(sentence);
    expect(code).toBe(1);
    expect(await filesOf()).toEqual(before);
  });

  it("says how it is called where it is called otherwise", async () => {
    for (const args of [[], ["new"], ["old", "name"], ["new", "one", "two"], ["new", "one", "--colour"]]) {
      const {code, said} = await command(...args);
      expect(said).toContain("npm run lesson -- new <name>");
      expect(code).toBe(2);
    }
    expect((await command("--help")).code).toBe(0);
  });
});
