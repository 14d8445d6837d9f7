import {createServer} from "node:http";
import type {IncomingHttpHeaders, RequestListener, Server} from "node:http";
import type {AddressInfo} from "node:net";
import {afterEach, describe, expect, it} from "vitest";
import {nameInAddress} from "../../src/media/address-name.js";
import {fetchElsewhere} from "../../src/worker/elsewhere.js";

let server: Server | undefined;
afterEach(() => server?.closeAllConnections());

/** The address of a file on a host that answers like this. */
async function hostThat(answer: RequestListener): Promise<URL> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a/cat%20100%25.jpg`);
}

const LIMITS = {bytes: 1000, seconds: 5, follows: false};
const instead = "Save it and choose the file.";

describe("a file of another host", () => {
  it("comes whole, with its type; no cookie and no referrer goes there", async () => {
    let headers: IncomingHttpHeaders = {};
    const url = await hostThat((request, response) => {
      ({headers} = request);
      response.writeHead(200, {"content-type": "image/jpeg"}).end("picture");
    });
    const {bytes, type} = await fetchElsewhere(url, {limits: LIMITS, instead});
    expect({text: new TextDecoder().decode(bytes), type}).toEqual({text: "picture", type: "image/jpeg"});
    expect(headers).not.toHaveProperty("referer");
    expect(headers).not.toHaveProperty("cookie");
  });

  it("is broken off where it says that it is too large, and where it is without saying so", async () => {
    const sentence = "cat 100%.jpg has more than 0 MB, which is all that is fetched. Save it and choose the file.";
    let sent = 0;
    const said = await hostThat((_, response) => response.writeHead(200, {"content-length": 5000}).end(Buffer.alloc(5000)));
    await expect(fetchElsewhere(said, {limits: LIMITS, instead})).rejects.toThrow(sentence);
    const endless = await hostThat((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1000))) sent += 1000;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    await expect(fetchElsewhere(endless, {limits: LIMITS, instead})).rejects.toThrow(sentence);
    expect(sent).toBeLessThan(2 ** 24);
  });

  it("is given up where it does not come in time, before an answer or in the midst of it", async () => {
    const limits = {...LIMITS, seconds: 0.2};
    const sentence = "within 0.2 seconds. Save it and choose the file.";
    await expect(fetchElsewhere(await hostThat(() => {}), {limits, instead})).rejects.toThrow(sentence);
    const slow = await hostThat((_, response) => response.writeHead(200).write("a"));
    await expect(fetchElsewhere(slow, {limits, instead})).rejects.toThrow(sentence);
  });

  it("that is sent on from there is not asked for unseen; where that is agreed to, it is said who sends what", async () => {
    let asked = 0;
    const file = await hostThat((_, response) => {
      asked++;
      response.writeHead(200, {"content-type": "image/jpeg"}).end("picture");
    });
    const onwards = createServer((_, response) => void response.writeHead(302, {location: file.href}).end());
    await new Promise<void>((resolve) => onwards.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${(onwards.address() as AddressInfo).port}/cat.jpg`);
    try {
      await expect(fetchElsewhere(url, {limits: LIMITS, instead})).rejects.toThrow(
        /^127\.0\.0\.1:\d+ does not have cat\.jpg itself: .* nothing was asked\. Save it/
      );
      expect(asked).toBe(0);
      const said: string[] = [];
      const report = (_: number | null, detail: string) => void said.push(detail);
      await fetchElsewhere(url, {limits: {...LIMITS, follows: true}, instead, report});
      expect(said.at(-1)).toContain(`from ${file.host}, to which ${url.host} sends on; `);
    } finally {
      onwards.close();
    }
  });

  it("that cannot be had, or is a web page, is a sentence", async () => {
    const missing = await hostThat((_, response) => response.writeHead(404).end());
    await expect(fetchElsewhere(missing, {limits: LIMITS, instead})).rejects.toThrow(/answered 404, not found: cat 100%\.jpg\. Save it/);
    const page = await hostThat((_, response) => response.writeHead(200, {"content-type": "text/html; charset=utf-8"}).end("<p>"));
    await expect(fetchElsewhere(page, {limits: LIMITS, instead})).rejects.toThrow("is a web page, not a file");
    const gone = new URL("http://127.0.0.1:9/a.jpg");
    await expect(fetchElsewhere(gone, {limits: LIMITS, instead})).rejects.toThrow(/^127\.0\.0\.1:9 cannot be reached/);
  });
});

it.each([
  ["https://a.example/pictures/my%20cat.jpg?size=1#x", "my cat.jpg"],
  ["https://a.example/100%.jpg", "100%.jpg"],
  ["https://a.example/%E0%A4%A", "%E0%A4%A"],
  ["https://a.example/", "a.example"],
  [`data:image/png;base64,${"A".repeat(10_000)}`, "the file in the address"],
  [`https://a.example/${"x".repeat(300)}`, `${"x".repeat(80)}…`]
])("the name in an address is short, and says what it can (%#)", (address, name) => {
  expect(nameInAddress(new URL(address))).toBe(name);
});
