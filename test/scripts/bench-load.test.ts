import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {expect, it} from "vitest";
import {loadTable} from "../../scripts/bench/load/report.js";
import {slowLine} from "../../scripts/bench/load/slow-line.js";

it("tells of each page's first and second visit", () => {
  const cold = {ms: 3512, requests: 24, bytesDown: 2.41e6, bytes: 3.3e6};
  const warm = {ms: 1204, requests: 24, bytesDown: 0, bytes: 3.3e6};
  const tasks = {tasks: 200, p95Ms: 11.9, largestMs: 80, over50: 3};
  const [head, line] = loadTable([{kind: "load", build: "this", page: "/aspp", cold, warm, tasks, files: []}]).split("\n");
  expect(head).toMatch(/build +page +first s +requests +MB +unpacked +again s/);
  expect(line).toMatch(/this +\/aspp +3\.51 +24 +2\.41 +3\.30 +1\.20 +24 +0\.00 +3\.30 +11\.9 +3$/);
});

it("has a line on which an answer takes a round trip and its share of the speed", async () => {
  const server = createServer((_, response) => response.end(Buffer.alloc(25_000))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const line = await slowLine((server.address() as AddressInfo).port, {roundTripMs: 40, bitsPerSecond: 2e6});
  const begun = performance.now();
  expect((await (await fetch(line.url)).arrayBuffer()).byteLength).toBe(25_000);
  // One for the connection, one for the answer, and 100 ms for its bits; timers round down.
  expect(performance.now() - begun).toBeGreaterThan(175);
  expect(line.bytesDown()).toBeGreaterThan(25_000);
  await line.cut();
  await expect(fetch(line.url)).rejects.toThrow();
  server.close();
});
