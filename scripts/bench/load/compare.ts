import {spawn} from "node:child_process";
import {createInterface} from "node:readline";
import path from "node:path";
import {median, sum} from "d3-array";
import type {Browser} from "@playwright/test";
import {launchChromium} from "../../browser/chromium.js";
import type {Gpu} from "../../browser/chromium.js";
import {ROOT} from "../../site/root.js";
import {MEASURED} from "../built-site.js";
import type {TaskTimes} from "../task-times.js";
import {servePeer} from "./peer.js";
import type {LoadRow, LoadTimes} from "./report.js";
import {slowLine} from "./slow-line.js";
import type {LineSpeed} from "./slow-line.js";
import {tasksWhileLoading, visit} from "./visit.js";
import type {Visit} from "./visit.js";

/** The line of a school, shared by a class. */
const LINE: LineSpeed = {roundTripMs: 100, bitsPerSecond: 10e6};
/** Pages that are visited, on the bundled model. */
const PAGES = ["/workbench?model=nano", "/?model=nano", "/aspp"] as const;
/** How many times as slow the CPU of a cheap phone is. */
const SLOW_CPU = 4;

interface Site {
  readonly build: LoadRow["build"];
  readonly port: number;
  readonly pages: readonly string[];
  close(): Promise<void>;
}

/**
 * Visits pages over a slow line in browsers that never saw them and once more, until the first mask stands: those of this build and, in
 * turn, of another one and of a peer.
 *
 * @param options.against folder of another checkout, its site built
 * @param options.mirror folder of the released model files; undefined for no peer
 */
export async function compareLoading(options: {
  readonly against: string | undefined;
  readonly mirror: string | undefined;
  readonly photo: string;
  readonly runs: number;
  readonly gpu: Gpu;
}): Promise<LoadRow[]> {
  const {against, mirror, photo, runs, gpu} = options;
  const sites = [await builtSite("this", ROOT)];
  try {
    if (against !== undefined) sites.push(await builtSite("that", path.resolve(against)));
    if (mirror !== undefined) {
      const peer = await servePeer(mirror, photo);
      sites.push({build: "litert", port: Number(new URL(peer.url).port), pages: ["/"], close: () => peer.close()});
    }
    const browser = await launchChromium(gpu);
    try {
      const visited = sites.flatMap((site) => site.pages.map((page) => ({site, page, visits: [] as Visits[]})));
      for (let i = 0; i < runs; i++) for (const {site, page, visits} of visited) visits.push(await coldAndWarm(browser, site, page));
      const rows: LoadRow[] = [];
      for (const {site, page, visits} of visited) {
        const tasks: TaskTimes = await tasksWhileLoading(browser, `http://localhost:${site.port}${page}`, SLOW_CPU);
        const [cold, warm] = [timesOf(visits.map(({cold}) => cold)), timesOf(visits.map(({warm}) => warm))];
        rows.push({kind: "load", build: site.build, page, cold, warm, tasks, files: visits[0]!.cold.files});
      }
      return rows;
    } finally {
      await browser.close();
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()));
  }
}

interface Visits {
  readonly cold: Visit;
  readonly warm: Visit;
}

async function coldAndWarm(browser: Browser, site: Site, page: string): Promise<Visits> {
  const line = await slowLine(site.port, LINE);
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...MEASURED});
  try {
    const cold = await visit(context, line, page);
    return {cold, warm: await visit(context, line, page)};
  } finally {
    await context.close();
    await line.cut();
  }
}

function timesOf(visits: readonly Visit[]): LoadTimes {
  const middle = (of: (visit: Visit) => number) => median(visits, of)!;
  return {
    ms: middle(({ms}) => ms),
    requests: middle(({files}) => files.length),
    bytesDown: middle(({bytesDown}) => bytesDown),
    bytes: middle(({files}) => sum(files, ({bytes}) => bytes))
  };
}

/** A checkout's built site, served by its own server. @throws Error where that does not start */
async function builtSite(build: Site["build"], checkout: string): Promise<Site> {
  const child = spawn(process.execPath, ["--import", "tsx", path.join(checkout, "scripts/serve.ts"), "0"], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "inherit"]
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const said = new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
  const url = await Promise.race([said, ended.then(() => null)]);
  if (url === null) throw new Error(`The site built in ${checkout} could not be served.`);
  return {
    build,
    port: Number(new URL(url).port),
    pages: PAGES,
    close() {
      child.kill();
      return ended;
    }
  };
}
