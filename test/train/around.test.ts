import {expect, it} from "vitest";
import {balancedWeights} from "../../src/train/balance.js";
import {overfittingSince} from "../../src/train/overfitting.js";
import {smaller} from "../../src/train/smaller.js";
import {keptApart} from "../../src/train/start.js";

it("makes photos smaller by means and labels by their nearest", () => {
  const photo = {
    width: 4,
    height: 2,
    channels: 4,
    values: Uint8Array.from([0, 4, 10, 20, 1, 5, 10, 20].flatMap((v) => [v, 2 * v, 7, 255]))
  } as const;
  const mask = {width: 4, height: 2, ids: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)};
  const {photo: half, mask: labels} = smaller({photo, mask}, 2);
  expect(half).toEqual({width: 2, height: 1, channels: 3, values: Uint8Array.of(3, 5, 7, 15, 30, 7)});
  expect(labels).toEqual({width: 2, height: 1, ids: Uint8Array.of(6, 8)});
  expect(smaller({photo, mask}, 9).photo).toMatchObject({width: 4, height: 2, channels: 3});
  const odd = smaller({photo: {...photo, width: 8, height: 1}, mask: {...mask, width: 8, height: 1}}, 3);
  // 8 / 3 cells each: the first holds 0, 4 and two thirds of 10.
  expect(odd.photo.values[0]).toBe(Math.round((0 + 4 + (2 / 3) * 10) / (8 / 3)));
});

it("tells since when photos are learnt by heart, and not from what wavers", () => {
  const measured = (losses: readonly (readonly [number, number])[]) =>
    losses.map(([train, val], i) => ({step: 10 * i, train: {loss: train}, val: {loss: val}}));
  const falling = [
    [1, 1],
    [0.8, 0.9],
    [0.6, 0.8]
  ] as const;
  expect(overfittingSince(measured(falling))).toBeNull();
  expect(overfittingSince(measured([...falling, [0.5, 0.85], [0.4, 0.9]]))).toBeNull();
  expect(overfittingSince(measured([...falling, [0.5, 0.85], [0.4, 0.9], [0.3, 0.95]]))).toBe(20);
  expect(overfittingSince(measured([...falling, [0.5, 0.805], [0.4, 0.81], [0.3, 0.8]]))).toBeNull();
  // Both rise: it learns nothing.
  expect(overfittingSince(measured([...falling, [0.9, 0.9], [0.9, 0.9], [0.9, 0.9]]))).toBeNull();
  expect(overfittingSince([{step: 0, train: {loss: 1}, val: null}])).toBeNull();
});

it("lets rare classes count as much as others", () => {
  expect(balancedWeights([800, 100, 200])).toEqual([0.25, 2, 1]);
  expect(balancedWeights([1000, 10])).toEqual([0.505, 10]);
  expect(balancedWeights([100, 0, 100])).toEqual([1, 1, 1]);
});

it("keeps photos apart by seed and share, one at least and never all", () => {
  const apart = keptApart(10, 0.2, 1);
  expect(apart).toHaveLength(2);
  expect(keptApart(10, 0.2, 1)).toEqual(apart);
  expect([2, 3, 4, 5].some((seed) => keptApart(10, 0.2, seed).join() !== apart.join())).toBe(true);
  expect([keptApart(3, 0.01, 1).length, keptApart(3, 1, 1).length, keptApart(1, 0.5, 1).length]).toEqual([1, 2, 0]);
});
