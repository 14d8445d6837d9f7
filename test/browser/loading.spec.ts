import {existsSync} from "node:fs";
import path from "node:path";
import {expect, test} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {PART_OF} from "../../scripts/site/announce.js";
import {DIST} from "../../scripts/site/root.js";
import {serve} from "../../scripts/site/serve.js";
import {SitePage} from "./site-page.js";
import {watchFirst} from "./stand-in.js";
import type {SeenFirst} from "./stand-in.js";
import {Workbench} from "./workbench-page.js";

/**
 * A page's own bundle and what it shares with others, the worker's, its backend's, Framework's three, and what comes after a first mask:
 * however many pages there are.
 */
const MOST_SCRIPTS = 20;

/** Pages that show the photo that they begin with and its mask before they have made that. */
const SHOWS_AT_ONCE = ["/", "/workbench"];

/** `LONG=1` adds the other lessons. */
const PAGES = ["/workbench", ...LESSONS.slice(0, process.env["LONG"] ? undefined : 1).map(({path}) => path)];

for (const address of PAGES) {
  test(`${address} loads few bundles and no single module, none twice, and announces what its first mask takes`, async ({page}) => {
    const asked: string[] = [];
    const ahead: string[] = [];
    page.on("request", (request) => {
      const isAhead = request.headers()["sec-purpose"] === "prefetch";
      (isAhead ? ahead : asked).push(new URL(request.url()).pathname);
    });
    const site = new SitePage(page);
    await page.addInitScript(watchFirst);
    await page.goto(address);
    await site.done();
    const {box, words, moved} = await page.evaluate(() => (globalThis as unknown as {seenFirst: SeenFirst}).seenFirst);
    expect(box !== null).toBe(SHOWS_AT_ONCE.includes(address));
    if (box) {
      expect(words).toMatch(/^Made when this site was built; live once the network is here, [\d.]+ MB\.$/);
      await expect(page.locator(".stand-in")).toHaveCount(0);
      const mask = await page.getByRole("application", {name: "Segmentation", exact: true}).boundingBox();
      for (const side of ["x", "y", "width", "height"] as const) expect(Math.abs(mask![side] - box[side])).toBeLessThan(1);
      // A row more or less in a table beside it.
      expect(moved).toBeLessThan(0.002);
    }
    const scripts = asked.filter((file) => file.endsWith(".js"));
    expect(scripts.length).toBeLessThanOrEqual(MOST_SCRIPTS);
    expect(scripts.filter((script) => script.startsWith("/_node/") || script.startsWith("/_import/"))).toEqual([]);
    expect(new Set(scripts).size).toBe(scripts.length);
    const worker = ahead.filter((file) => /\/worker-[^/]+\.js$/.test(file));
    expect(worker.length).toBeGreaterThan(address in PART_OF ? 1 : 0);
    const weights = (files: readonly string[]) => [...new Set(files.filter((file) => file.endsWith(".safetensors")))].sort();
    expect(weights(ahead)).toEqual(weights(asked));
    expect(ahead.filter((file) => !asked.includes(file))).toEqual([]);
    // The plainest server answers with files and nothing else.
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((link) => new URL(link.getAttribute("href")!, document.baseURI).href));
    const here = new URL(page.url());
    const within = links.map((to) => new URL(to)).filter(({origin, pathname}) => origin === here.origin && pathname !== here.pathname);
    expect(within.length).toBeGreaterThan(10);
    const isFile = ({pathname}: URL) => existsSync(path.join(DIST, pathname.replace(/\/$/, "/index.html")));
    expect(within.filter((to) => !isFile(to)).map(String)).toEqual([]);
    expect(site.problems).toEqual([]);
  });
}

test("texts come compressed, and files that are named by their content are asked for once", async ({request}) => {
  const page = await request.get("/workbench", {headers: {"Accept-Encoding": "gzip"}});
  expect(page.headers()).toMatchObject({"content-encoding": "gzip", "cache-control": "no-cache"});
  const html = await page.text();
  const script = await request.get(/_app\/[^"]+/.exec(html)![0], {headers: {"Accept-Encoding": "br"}});
  expect(script.headers()).toMatchObject({"content-encoding": "br", "cache-control": "max-age=31536000, immutable"});
});

test.describe("a later visit", () => {
  test.use({serviceWorkers: "allow"});

  if (process.env["LONG"]) {
    test("is prepared by the first, and the page of models tells so at once", async ({page}) => {
      await page.goto("/models");
      await expect(page.getByText(/^[1-9]\d* of \d+ files are kept/)).toBeVisible();
    });
  }

  test("under a sub-path of a host that sends no headers has threads, and needs no network", async ({page}) => {
    const {server, url} = await serve({folder: DIST, port: 0, base: "/class/deeplab", isolated: false});
    const bench = new Workbench(page);
    const isIsolated = () => page.evaluate(() => crossOriginIsolated);
    const cut = () => {
      server.closeAllConnections();
      server.close();
    };
    await page.goto(`${url}/workbench?model=nano&size=257`);
    await bench.done();
    expect(await isIsolated()).toBe(false);
    const kept = () =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({url}) => url)));
        return {names, files: files.flat()};
      });
    // What the worker fetched comes last: a file of the backend, and two for what is done with masks, although nobody did it yet.
    const ofWorker = /\.wasm$|\/worker-(?:refine|mask-files)\.[^/]+\.js$/;
    await expect.poll(async () => (await kept()).files.filter((file) => ofWorker.test(file)).length).toBe(3);
    await page.reload();
    await bench.done();
    expect(await isIsolated()).toBe(true);
    const {names, files} = await kept();
    expect(names).toEqual([expect.stringContaining(` ${url}/ `)]);
    expect(files.filter((file) => !file.startsWith(`${url}/`))).toEqual([]);
    // What the build before had, and the host no longer has, comes from the cache of that.
    const gone = await page.evaluate(
      async ({address, cache}) => {
        await (await caches.open(cache)).put(address, new Response("as it was"));
        return (await fetch(address)).text();
      },
      {address: `${url}/_app/gone.js`, cache: `${names[0]!} before`}
    );
    expect(gone).toBe("as it was");

    // For the notebook, too, one visit is enough: its page, its worker and its photo.
    const result = page.getByRole("group", {name: "Result of cell 11", exact: true});
    await page.goto(`${url}/notebook`);
    await expect(result).toContainText("31 cells on a side");
    const ofNotebook = /\/notebook-worker-[^/]+\.js$|\/_app\/notebook-[^/]+\.js$|\/samples\/dog\.jpg$/;
    await expect.poll(async () => (await kept()).files.filter((file) => ofNotebook.test(file)).length).toBeGreaterThan(2);
    await page.context().setOffline(true);
    await page.reload();
    await expect(result).toContainText("31 cells on a side");
    await page.context().setOffline(false);

    await page.goto(`${url}/models`);
    await page.getByRole("button", {name: "Keep the whole site"}).click();
    await expect(page.getByText("The whole site is kept")).toBeVisible();
    cut();
    await page.goto(`${url}/workbench?model=nano&size=257`);
    await bench.done();
    expect(await isIsolated()).toBe(true);
    expect((await bench.legend()).size).toBeGreaterThan(0);

    await page.goto(`${url}/models`);
    await page.getByRole("button", {name: "Remove what is kept of it"}).click();
    await expect.poll(async () => (await kept()).files.filter((file) => file.endsWith(".safetensors"))).toEqual([]);
    bench.expectNoProblem();
  });
});
