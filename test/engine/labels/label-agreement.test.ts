import {expect, it} from "vitest";
import {labelAgreement, labelChanges} from "../../../src/engine/labels/label-agreement.js";

const a = {labels: Uint8Array.of(0, 0, 1, 1, 1, 2), classes: ["background", "cat", "dog"]};
// Other ids, and a class that A does not know.
const b = {labels: Uint8Array.of(3, 3, 3, 1, 1, 0), classes: ["sofa", "cat", "dog", "background"]};

it("counts agreement and IoU by the classes' names", () => {
  const {pixels, different, share, meanIoU, classes} = labelAgreement(a, b);
  expect([pixels, different]).toEqual([6, 2]);
  expect(share).toBeCloseTo(4 / 6, 12);
  expect(classes).toEqual([
    {name: "cat", shareOfA: 3 / 6, shareOfB: 2 / 6, iou: 2 / 3},
    {name: "background", shareOfA: 2 / 6, shareOfB: 3 / 6, iou: 2 / 3},
    {name: "dog", shareOfA: 1 / 6, shareOfB: 0, iou: 0},
    {name: "sofa", shareOfA: 0, shareOfB: 1 / 6, iou: 0}
  ]);
  expect(meanIoU).toBeCloseTo(1 / 3, 12);
});

it("is whole for equal maps, and for none", () => {
  expect(labelAgreement(a, a)).toMatchObject({different: 0, share: 1, meanIoU: 1});
  expect(labelAgreement({...a, labels: new Uint8Array()}, {...b, labels: new Uint8Array()})).toMatchObject({
    pixels: 0,
    share: 1,
    meanIoU: null,
    classes: []
  });
});

it("marks the pixels whose class differs", () => {
  expect([...labelChanges(a, b)]).toEqual([0, 0, 1, 0, 0, 1]);
  expect(() => labelChanges(a, {...b, labels: new Uint8Array(5)})).toThrow("6 and 5 pixels");
});
