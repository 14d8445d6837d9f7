import {expect, test} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {SitePage} from "./site-page.js";

/** A page's own bundle and what it shares with others, the worker's, its backend's, Framework's three: however many pages there are. */
const MOST_SCRIPTS = 15;

for (const path of ["/workbench", LESSONS[0]!.path]) {
  test(`${path} loads few bundles and no single module, none twice, and announces what its first mask takes`, async ({page}) => {
    const asked: string[] = [];
    const ahead: string[] = [];
    page.on("request", (request) => {
      const isAhead = request.headers()["sec-purpose"] === "prefetch";
      (isAhead ? ahead : asked).push(new URL(request.url()).pathname);
    });
    const site = new SitePage(page);
    await page.goto(path);
    await site.done();
    const scripts = asked.filter((file) => file.endsWith(".js"));
    expect(scripts.length).toBeLessThanOrEqual(MOST_SCRIPTS);
    expect(scripts.filter((script) => script.startsWith("/_node/") || script.startsWith("/_import/"))).toEqual([]);
    expect(new Set(scripts).size).toBe(scripts.length);
    expect(ahead.filter((file) => /\/worker-[^/]+\.js$|\.safetensors$/.test(file))).toHaveLength(2);
    expect(ahead.filter((file) => !asked.includes(file))).toEqual([]);
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
