import {expect, it} from "vitest";
import {classPlaces} from "../../../src/engine/labels/class-places.js";

/** A label map of ten columns, whose rows are written as digits. */
const mapOf = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  labels: Uint8Array.from(rows.join(""), Number)
});

it("counts each class, the largest first, and says where its middle is and between what columns and rows it lies", () => {
  const [background, dog] = classPlaces(mapOf("0000000000", "0000000110", "0000000110", "0000000000"), 2);
  expect([background!.id, dog!.id]).toEqual([0, 1]);
  expect(dog!.share).toBeCloseTo(0.1);
  expect(dog!.pixels).toBe(4);
  expect(dog!.middle.x).toBeCloseTo(0.8);
  expect(dog!.middle.y).toBeCloseTo(0.5);
  expect(dog!.extent).toEqual({left: 0.7, right: 0.9, top: 0.25, bottom: 0.75});
});

it("takes no notice of a speck far from all others, nor of ids that are no class", () => {
  const rows = Array.from({length: 20}, () => "00000000001111111111");
  rows[0] = "10000000001111111119";
  const dog = classPlaces(mapOf(...rows), 2).find(({id}) => id === 1)!;
  expect(dog.pixels).toBe(200);
  expect(dog.extent).toMatchObject({left: 0.5, right: 1});
});
