import {createServer} from "node:http";
import type {Server} from "node:http";
import type {AddressInfo} from "node:net";
import {expect, test} from "@playwright/test";
import {requestsOf} from "./requests.js";

/** A site of which each part does what no part of ours may: the page, its worker, the worker of that, and the service worker. */
const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "/": [
    "text/html",
    `<!DOCTYPE html><link rel="icon" href="data:,"><script type="module">
      await navigator.serviceWorker.register("sw.js");
      await navigator.serviceWorker.ready;
      const worker = new Worker("worker.js");
      await new Promise((resolve) => (worker.onmessage = resolve));
      await fetch(URL.createObjectURL(new Blob(["here"])));
      await fetch("/file?photo");
      await fetch("/file", {method: "POST", body: new Uint8Array(1000)});
      navigator.sendBeacon("/beacon", new Blob(["photo"]));
      new WebSocket(location.href.replace("http", "ws") + "socket").onerror = () => (document.title = "done");
    </script>`
  ],
  "/sw.js": ["text/javascript", `addEventListener("activate", (event) => event.waitUntil(fetch("/sw-file", {method: "PUT"})))`],
  "/worker.js": [
    "text/javascript",
    `new Worker("inner.js").onmessage = () => fetch("http://127.0.0.1:" + location.port).catch(() => {}).then(() => postMessage(0))`
  ],
  "/inner.js": ["text/javascript", `fetch("/file", {method: "POST", body: "photo"}).then(() => postMessage(0))`]
};

test.describe("by whichever part of a page", () => {
  test.use({serviceWorkers: "allow"});
  let server: Server;
  test.beforeAll(async () => {
    server = createServer(({url}, response) => {
      const [type, text] = FILES[url!] ?? ["text/plain", ""];
      response.writeHead(200, {"Content-Type": type}).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  test.afterAll(() => void server.close());

  test("whatever could carry a photo away is found", async ({page}) => {
    const site = `http://localhost:${(server.address() as AddressInfo).port}`;
    const requests = requestsOf(page.context());
    const told: string[] = [];
    requests.onWrong((wrong) => told.push(wrong));
    await page.goto(site);
    await expect(page).toHaveTitle("done");
    const expected = [
      `GET fetch http://127.0.0.1:${new URL(site).port}/: another host`,
      `GET fetch ${site}/file?photo: a query`,
      `POST fetch ${site}/file: no GET, a body of 1000 bytes`,
      `POST fetch ${site}/file: no GET, a body of 5 bytes`,
      `POST ping ${site}/beacon: no GET`,
      `PUT by the service worker, fetch ${site}/sw-file: no GET`,
      `WebSocket ${site.replace("http", "ws")}/socket: a connection both ways`
    ];
    await expect.poll(() => requests.wrong.toSorted()).toEqual(expected);
    expect(told).toEqual(requests.wrong);
    expect(requests.list()).toContain(`1 × GET script ${site}/worker.js`);
    expect(requests.list()).toContain("1 × GET fetch blob:");
    expect(requests.list()).toMatch(/^1\d requests of 1\d kinds, 7 of them wrong:/);
  });
});
