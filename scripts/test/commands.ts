import {spawn} from "node:child_process";
import path from "node:path";
import {ROOT} from "../site/root.js";

/** Commands of the repository's packages come before others of the same name. */
const PATH = `${path.join(ROOT, "node_modules/.bin")}${path.delimiter}${process.env["PATH"]}`;

/** Runs a command with its output on this one's. @returns whether it succeeded */
export async function run(
  title: string,
  environment: Readonly<Record<string, string>>,
  command: string,
  ...args: readonly string[]
): Promise<boolean> {
  console.log(`\n▶ ${title}`);
  const started = performance.now();
  const child = spawn(command, args, {cwd: ROOT, stdio: "inherit", env: {...process.env, PATH, ...environment}});
  const code = await new Promise<number | null>((resolve, reject) => child.on("exit", resolve).on("error", reject));
  console.log(`${title}: ${seconds(started)}`);
  return code === 0;
}

/** Runs a command and shows its output, all at once, when it has ended. @returns whether it succeeded */
export async function runQuietly(title: string, command: string, ...args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, args, {cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: {...process.env, PATH}});
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  console.log(`\n▶ ${title}\n${Buffer.concat(said).toString()}${title}: ${seconds(started)}${code === 0 ? "" : ", failed"}`);
  return code === 0;
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
