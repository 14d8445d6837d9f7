import {chromium, expect, test} from "@playwright/test";
import {serve} from "../../scripts/site/serve.js";
import {DIST} from "../../scripts/site/root.js";
import {Workbench} from "./workbench-page.js";

test("without any GPU the workbench runs on WASM and says why the others are not there", async ({launchOptions, baseURL}) => {
  const args = launchOptions.args!.filter((flag) => !/angle|swiftshader/.test(flag));
  const browser = await chromium.launch({...launchOptions, args: [...args, "--disable-gpu", "--disable-3d-apis"]});
  const page = await browser.newPage({baseURL});
  const bench = await new Workbench(page).open();
  await expect(bench.backend.locator("option[value=webgl]")).toBeDisabled();
  await expect(bench.backend.locator("option[value=webgl]")).toContainText(/no WebGL/i);
  expect((await bench.legend()).size).toBeGreaterThan(0);
  expect(bench.problems).toEqual([]);
  await browser.close();
});

test("without workers the network runs in the page, and the page says so", async ({page}) => {
  await page.addInitScript(() => {
    delete (window as unknown as {Worker?: unknown}).Worker;
  });
  const bench = await new Workbench(page).open();
  await expect(bench.main).toContainText(/in the page/i);
  expect((await bench.legend()).size).toBeGreaterThan(0);
});

test("a model that cannot be fetched gets a sentence, and another one can be chosen", async ({page}) => {
  await page.route("**/nano.safetensors", (route) => route.fulfill({status: 404, body: ""}));
  const bench = new Workbench(page);
  await page.goto("/workbench?model=nano&size=257");
  await expect(bench.alert).toContainText(/nano\.safetensors.*404/);
  await bench.done();
});

test("a corrupt model file gets a sentence", async ({page}) => {
  await page.route("**/nano.safetensors", (route) => route.fulfill({body: Buffer.alloc(1000, 7)}));
  const bench = new Workbench(page);
  await page.goto("/workbench?model=nano&size=257");
  await expect(bench.alert).toContainText(/safetensors|model/i);
  await bench.done();
});

test("a lost WebGL context is replaced without a reload", async ({page}) => {
  // The worker's first context is taken away after its first result.
  await page.addInitScript(() => {
    const Original = window.Worker;
    const workers: Worker[] = ((window as unknown as {workers: Worker[]}).workers = []);
    window.Worker = class extends Original {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
  });
  const bench = await new Workbench(page).open({backend: "webgl"});
  await page.evaluate(() => (window as unknown as {workers: Worker[]}).workers[0]!.dispatchEvent(new ErrorEvent("error", {message: "crashed"})));
  await bench.changes(() => bench.outputStride.selectOption("32"));
  expect((await bench.legend()).size).toBeGreaterThan(0);
});

test("the site works under a sub-path of a host that sends no headers, with threads from the second visit", async ({page}) => {
  const {server, url} = await serve({folder: DIST, port: 0, base: "/class/deeplab", isolated: false});
  const bench = new Workbench(page);
  await page.goto(`${url}/workbench?model=nano&size=257`);
  await bench.done();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await bench.done();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect((await bench.legend()).size).toBeGreaterThan(0);
  expect(bench.problems).toEqual([]);
  server.close();
});
