import {afterEach, beforeEach, expect, it, vi} from "vitest";
import type {DecodedPhoto} from "../../../src/media/decode.js";
import {liveBackdrop} from "../../../src/pages/webcam/live-backdrop.js";

/** A photo by its name, and a picture of it by the same name. */
const photo = (name: string) => ({canvas: name}) as unknown as DecodedPhoto;

let own: ReturnType<typeof deferred>;
let asked: number;
let sent: unknown[];
let stream: {backdrop(picture: ImageBitmap): void} | null;
let backdrop: ReturnType<typeof liveBackdrop>;

function deferred() {
  let resolve!: (photo: DecodedPhoto) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<DecodedPhoto>((yes, no) => ([resolve, reject] = [yes, no]));
  return {promise, resolve, reject};
}

beforeEach(() => {
  vi.stubGlobal("createImageBitmap", async (canvas: string) => ({canvas, close: () => sent.push(`${canvas} closed`)}));
  own = deferred();
  asked = 0;
  sent = [];
  stream = {backdrop: (picture) => sent.push((picture as unknown as {canvas: string}).canvas)};
  backdrop = liveBackdrop({
    own: () => {
      asked++;
      return own.promise;
    },
    stream: () => stream,
    onChange: () => {}
  });
});
afterEach(() => vi.unstubAllGlobals());

it("the site's own picture is fetched once, however often it is wanted meanwhile", async () => {
  const wanted = [backdrop.want(), backdrop.want()];
  own.resolve(photo("meadow"));
  await Promise.all(wanted);
  await backdrop.want();
  expect(asked).toBe(1);
  expect(sent).toEqual(["meadow"]);
});

it("the reader's picture is not overtaken by the site's own, which was wanted before and comes later", async () => {
  const wanted = backdrop.want();
  await backdrop.bring(async () => photo("the reader's"));
  own.resolve(photo("meadow"));
  await wanted;
  expect(sent).toEqual(["the reader's"]);
});

it("a picture that cannot be had is told to whoever wanted it last, and wanted again", async () => {
  const wanted = backdrop.want();
  own.reject(new Error("no meadow"));
  await expect(wanted).rejects.toThrow("no meadow");
  own = deferred();
  own.resolve(photo("meadow"));
  await backdrop.want();
  expect(sent).toEqual(["meadow"]);
});

it("a picture is let go where another session streams by the time it is ready, and one that cannot be copied is told", async () => {
  await backdrop.bring(async () => photo("meadow"));
  sent = [];
  const sending = backdrop.send();
  stream = null;
  await sending;
  expect(sent).toEqual(["meadow closed"]);
  stream = {backdrop: () => {}};
  vi.stubGlobal("createImageBitmap", async () => Promise.reject(new Error("no memory for it")));
  await expect(backdrop.send()).rejects.toThrow("no memory for it");
});
