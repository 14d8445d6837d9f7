import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {diverging, sequential} from "../../src/components/maps/colour-maps.js";
import {seededValues} from "../../src/engine/seeded.js";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/atlas.js";
import type {Painted, Wanted} from "./pages/atlas.js";

const CHANNELS = 7;

/** Values between -1 and 2 on maps 11 x 6; some channels on a scale of their own, some with a sign, in an order that leaves out one. */
const WANTED: Wanted = {
  height: 11,
  width: 6,
  channels: CHANNELS,
  values: Array.from(seededValues(5, 11 * 6 * CHANNELS), (value) => 0.5 + 1.5 * value),
  order: [6, 0, 3, 1, 5, 2],
  scales: Array.from({length: CHANNELS}, (_, channel) =>
    channel % 2 ? {low: -1.2, high: 1.2, signed: true} : {low: -0.25 * channel, high: 1.5, signed: false}
  ),
  side: 128
};
/** Reduced by 3, which divides neither side. */
const REDUCED: Wanted = {...WANTED, side: 3};

describe.skipIf(!hasBrowser)("an atlas", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/atlas.ts");
  });
  afterAll(() => session?.close());

  it.each(["gpu", "cpu"] as const)("painted by the %s has each value's colour, channel by channel in the order asked for", async (how) => {
    expectColours(await session.call("painted", how, WANTED), WANTED, (values) => values[0]!);
  });

  it.each(["gpu", "cpu"] as const)("painted by the %s smaller has the colour of the cells' mean", async (how) => {
    const picture = await session.call("painted", how, REDUCED);
    expect(picture.layout).toMatchObject({reduction: 3, tileHeight: 4, tileWidth: 2});
    expectColours(picture, REDUCED, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  });

  it.each(["gpu", "cpu"] as const)("painted by the %s shows what is no number, too large, or the only value there is", async (how) => {
    const flat = {low: 2, high: 2, signed: false};
    const zero = {low: 0, high: 0, signed: true};
    const unit = {low: 0, high: 1, signed: false};
    const {rgba} = await session.call("painted", how, {
      height: 1,
      width: 1,
      channels: 4,
      values: [2, 0, null, 1e30],
      order: [0, 1, 2, 3],
      scales: [flat, zero, unit, unit],
      side: 128
    });
    const first = sequential(0, 1)(0);
    expect([0, 1, 2, 3].map((tile) => rgba.slice(4 * tile, 4 * tile + 3))).toEqual([first, diverging(1)(0), first, sequential(0, 1)(1)]);
  });

  it("is painted by the CPU when the context is lost, tells who shows it, and comes back to the GPU", async () => {
    const {pictures, told, onGpu} = await session.call("acrossALoss", WANTED);
    expect(told).toBe(true);
    expect(onGpu).toEqual([true, false, true]);
    for (const picture of pictures) expectColours(picture, WANTED, (values) => values[0]!);
  });
});

/** @param one what becomes of the cells under a pixel */
function expectColours(
  {layout, width, rgba}: Painted,
  {height: mapHeight, width: mapWidth, channels, values, order, scales}: Wanted,
  one: (values: number[]) => number
): void {
  const {columns, rows, reduction, tileHeight, tileWidth} = layout;
  expect(columns * rows).toBeGreaterThanOrEqual(order.length);
  const wrong: string[] = [];
  for (let tile = 0; tile < columns * rows; tile++) {
    const channel = order[tile];
    for (let y = 0; y < tileHeight; y++) {
      for (let x = 0; x < tileWidth; x++) {
        const at = 4 * ((Math.floor(tile / columns) * tileHeight + y) * width + (tile % columns) * tileWidth + x);
        const found = rgba.slice(at, at + 4);
        if (channel === undefined) {
          if (found.join() !== "0,0,0,0") wrong.push(`tile ${tile} is not empty`);
          continue;
        }
        const {low, high, signed} = scales[channel]!;
        const colour = signed ? diverging(high) : sequential(low, high);
        const cells: number[] = [];
        for (let row = y * reduction; row < Math.min(mapHeight, (y + 1) * reduction); row++) {
          for (let column = x * reduction; column < Math.min(mapWidth, (x + 1) * reduction); column++)
            cells.push(values[(row * mapWidth + column) * channels + channel]!);
        }
        // At the border of two shades, 32 bits may say the other.
        const span = 1e-6 * (high - low);
        const near = [-span, 0, span].map((nudge) => [...colour(one(cells) + nudge), 255].join());
        if (!near.includes(found.join())) wrong.push(`channel ${channel} at ${x}, ${y}: ${found.join()} is not ${near[1]}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}
