import {expect, test} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {SitePage} from "./site-page.js";

/** A page's own bundle and what it shares with others, the worker's, Framework's three: far fewer than the modules they are made of. */
const MOST_SCRIPTS = 50;

for (const path of ["/workbench", LESSONS[0]!.path]) {
  test(`${path} loads few bundles and no single module, none twice`, async ({page}) => {
    const scripts: string[] = [];
    page.on("request", (request) => request.url().endsWith(".js") && scripts.push(new URL(request.url()).pathname));
    const site = new SitePage(page);
    await page.goto(path);
    await site.done();
    expect(scripts.length).toBeLessThanOrEqual(MOST_SCRIPTS);
    expect(scripts.filter((script) => script.startsWith("/_node/") || script.startsWith("/_import/"))).toEqual([]);
    expect(new Set(scripts).size).toBe(scripts.length);
    expect(site.problems).toEqual([]);
  });
}
