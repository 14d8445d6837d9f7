import {existsSync} from "node:fs";
import {mkdir, readFile, readdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {parseArgs} from "node:util";
import {format, resolveConfig} from "prettier";
import {lessonFiles} from "./files.js";
import {withEntry, withLink} from "./lists.js";

export const USAGE = `Usage:
  npm run lesson -- new <name> [--title <title>]   begins a lesson: its page, state, figure and test

The name is the lesson's address: small letters, digits and single dashes, as in "border-effects".
The title is made of the name where none is given.`;

const FAILURE = 1;
const WRONG_USE = 2;
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST = 40;

export interface Surroundings {
  /** Folder of the project. */
  readonly root: string;
  readonly log: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * Runs the command line. Every failure is one sentence, and nothing is written then.
 *
 * @returns the exit code: 0, 1 where the command failed, 2 where it was not understood
 */
export async function runLessonCommand(args: readonly string[], {root, log, error}: Surroundings): Promise<number> {
  const wanted = parse(args);
  if (wanted === "help") {
    log(USAGE);
    return 0;
  }
  if (!wanted) {
    error(USAGE);
    return WRONG_USE;
  }
  try {
    const {name, title = titleOf(name)} = wanted;
    await refuse(root, name, title);
    const written = await begin(root, name, title.trim());
    log(`The lesson "${title.trim()}" stands at /${name}:\n${written.map((file) => `  ${file}`).join("\n")}`);
    log(`npm run dev shows it; npx vitest run test/pages/lessons/${name}.test.ts tests it.`);
    return 0;
  } catch (reason) {
    error(reason instanceof Error ? reason.message : String(reason));
    return FAILURE;
  }
}

function parse(args: readonly string[]): {readonly name: string; readonly title?: string} | "help" | null {
  try {
    const {values, positionals} = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {title: {type: "string"}, help: {type: "boolean", short: "h"}}
    });
    if (values.help) return "help";
    const [command, name, ...others] = positionals;
    if (command !== "new" || name === undefined || others.length > 0) return null;
    return {name, ...(values.title !== undefined && {title: values.title})};
  } catch {
    return null;
  }
}

/** `Border effects` of `border-effects`. */
function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @throws Error with a sentence where there can be no lesson of this name */
async function refuse(root: string, name: string, title: string): Promise<void> {
  if (!NAME.test(name) || name.length > LONGEST)
    throw new Error(
      `"${name}" cannot be an address: take small letters, digits and single dashes, beginning with a letter, at most ${LONGEST} characters.`
    );
  if (!/^[^"\\`$<>&\n]*\S[^"\\`$<>&\n]*$/.test(title))
    throw new Error('A title has some words, and none of the signs " \\ ` $ < > & in it: choose another.');
  const taken = (await readdir(path.join(root, "src"))).find((entry) => entry.replace(/\..*$/, "") === name);
  if (taken !== undefined) throw new Error(`The name "${name}" is taken: there is src/${taken}. Choose another.`);
  const file = [...lessonFiles(name, title).keys()].find((each) => existsSync(path.join(root, each)));
  if (file !== undefined) throw new Error(`The name "${name}" is taken: there is ${file}. Choose another, or remove it.`);
}

/** @returns the files that were written or changed */
async function begin(root: string, name: string, title: string): Promise<string[]> {
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  const files = new Map([
    ...lessonFiles(name, title),
    ["data/lessons.ts", withEntry(await read("data/lessons.ts"), name, title)],
    ["README.md", withLink(await read("README.md"), name, title)]
  ]);
  for (const [file, content] of files) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), {recursive: true});
    // Words are as they were written; only programs are laid out.
    const isProgram = file.endsWith(".ts");
    await writeFile(target, isProgram ? await format(content, {...(await resolveConfig(target)), filepath: target}) : content);
  }
  return [...files.keys()];
}
