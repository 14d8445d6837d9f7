import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {readdir, rm, stat} from "node:fs/promises";
import path from "node:path";
import {ensureDefaultModel} from "../models/ensure.js";
import {bundleModules} from "./bundle.js";
import {forAnyHost, rewritePages, writeHostFiles} from "./for-any-host.js";
import {readModelIndex} from "./model-index.js";
import {listForServiceWorker} from "./offline.js";
import {prepareSources} from "./prepare.js";
import {compressTexts} from "./compress.js";
import {withPolicy} from "./policy.js";
import {DIST, ROOT} from "./root.js";
import {writeStandIns} from "./stand-in.js";

/** What the site is made from. */
const SOURCES = ["src", "components", "data", "scripts/site", "scripts/kernels", "observablehq.config.ts", "package-lock.json"];

/** The model that several lessons are about. */
const BUNDLED = "nano";

/**
 * Builds the static site into `dist`, after trying once to add the default pretrained model.
 *
 * @throws Error when Framework reports a failure
 */
export async function buildSite(): Promise<void> {
  await ensureDefaultModel();
  await prepareSources();
  await rm(DIST, {recursive: true, force: true});
  await framework("build");
  const [best, ...others] = (await readModelIndex()).map(({id}) => id);
  const standIns = await writeStandIns([...(best === undefined ? [] : [best]), ...others.filter((id) => id === BUNDLED)]);
  await bundleModules({best, standIns});
  // What a page may do is said last: its scripts stand then.
  await rewritePages(DIST, (file, html) => withPolicy(forAnyHost(file, accessible(html)), file));
  await listForServiceWorker(DIST);
  await compressTexts(DIST);
  await writeHostFiles(DIST);
}

/** Says a page's language and lets readers zoom, neither of which Framework does. */
function accessible(html: string): string {
  return html.replace("<html>", '<html lang="en">').replace(", maximum-scale=1", "");
}

/** Runs Framework's command line and waits for its end. */
export async function framework(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [path.join(ROOT, "node_modules/@observablehq/framework/dist/bin/observable.js"), ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true"}
  });
  const code = await new Promise((resolve, reject) => child.on("exit", resolve).on("error", reject));
  if (code !== 0) throw new Error(`observable ${args.join(" ")} failed (exit code ${code}).`);
}

/** Whether there is no built site, or a source is newer than it. */
export async function isBuildStale(): Promise<boolean> {
  const built = path.join(DIST, ".nojekyll");
  if (!existsSync(built)) return true;
  const {mtimeMs} = await stat(built);
  const newest = await Promise.all(SOURCES.map((source) => newestChange(path.join(ROOT, source))));
  return Math.max(...newest) > mtimeMs;
}

async function newestChange(file: string): Promise<number> {
  const info = await stat(file);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(file, {withFileTypes: true});
  // Links lead to folders that are looked at by their own names; Framework's cache is no source.
  const inside = entries.filter((entry) => !entry.isSymbolicLink() && entry.name !== ".observablehq");
  const times = await Promise.all(inside.map((entry) => newestChange(path.join(file, entry.name))));
  return Math.max(info.mtimeMs, ...times);
}
