import {spawn} from "node:child_process";
import {copyFile, mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {pathToFileURL} from "node:url";
import {expect, test} from "@playwright/test";
import {OWN_SERVER} from "../../scripts/site/for-any-host.js";
import {DIST} from "../../scripts/site/root.js";
import {crawl} from "./crawl.js";
import {bucket, freePort, hasNginx, nginx, ours, pages, plainBucket, python, started} from "./hosts.js";
import type {Host} from "./hosts.js";

/** What each server makes of an address without its ending, and of its folder's. */
const HOSTS: readonly {
  readonly name: string;
  readonly start: (folder: string) => Promise<Host>;
  readonly addsEndings: boolean;
  readonly hasIndex: boolean;
}[] = [
  {name: "npm start", start: ours, addsEndings: true, hasIndex: true},
  {name: "python3 -m http.server, under a sub-path", start: python, addsEndings: false, hasIndex: true},
  {name: "nginx, under a sub-path", start: nginx, addsEndings: false, hasIndex: true},
  {name: "a bucket that is told to be a site", start: bucket, addsEndings: false, hasIndex: true},
  {name: "a bucket that is told nothing", start: plainBucket, addsEndings: false, hasIndex: false},
  {name: "GitHub Pages, of a branch without .nojekyll", start: pages, addsEndings: true, hasIndex: true}
];

/** Every file of the site but those that only a server reads, or nobody asks for by name. */
const files = (await readdir(DIST, {recursive: true, withFileTypes: true}))
  .filter((entry) => entry.isFile() && !/^\.|\.(?:br|gz|mjs|yml)$|^404\.html$/.test(entry.name))
  .map((entry) => path.relative(DIST, path.join(entry.parentPath, entry.name)).split(path.sep).map(encodeURIComponent).join("/"));

for (const {name, start, addsEndings, hasIndex} of HOSTS) {
  test(`${name} answers for every file of the site, and for every link of its pages`, async () => {
    test.skip(start === nginx && !hasNginx, "nginx is not installed");
    const host = await start(DIST);
    try {
      const {failed, pages: reached} = await crawl(`${host.url}/`, hasIndex ? ["", ...files] : files);
      expect(failed).toEqual([]);
      expect(reached.length).toBeGreaterThan(20);
      expect((await fetch(`${host.url}/atrous`)).status).toBe(addsEndings ? 200 : 404);
      expect((await fetch(`${host.url}/`)).status).toBe(hasIndex ? 200 : 404);
    } finally {
      await host.stop();
    }
  });
}

test("from an address that is not there, at any depth, a link leads home; one that lacks its ending leads to its page", async ({page}) => {
  const host = await bucket(DIST);
  try {
    await page.goto(`${host.url}/no/such/page`);
    await expect(page).toHaveURL(`${host.url}/404.html`);
    await expect(page.getByRole("heading", {level: 1})).toHaveText("There is no such page here");
    await expect(page.getByRole("link", {name: "The first lesson"})).toHaveJSProperty("href", `${host.url}/index.html`);
    await page.goto(`${host.url}/glossary/?a=1`);
    await expect(page).toHaveURL(`${host.url}/glossary.html?a=1`);
  } finally {
    await host.stop();
  }
});

test("a page that is opened as a file says how to serve it, and the server beside it needs nothing else", async ({page}) => {
  await page.goto(pathToFileURL(path.join(DIST, "atrous.html")).href);
  await expect(page.getByText(/^This page was opened as a file.*python3 -m http\.server.*node serve\.mjs/)).toBeVisible();

  const stick = await mkdtemp(path.join(tmpdir(), "deeplab-stick-"));
  for (const file of [OWN_SERVER, "glossary.html"]) await copyFile(path.join(DIST, file), path.join(stick, file));
  const port = await freePort();
  const host = await started(spawn("node", [OWN_SERVER, String(port)], {cwd: stick, stdio: "ignore"}), port);
  try {
    const answer = await fetch(`${host.url}/glossary.html`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  } finally {
    await host.stop();
    await rm(stick, {recursive: true});
  }
});
