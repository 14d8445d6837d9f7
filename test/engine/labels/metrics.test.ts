import {describe, expect, it} from "vitest";
import {confusionMatrix, countPixels, metrics} from "../../../src/engine/labels/metrics.js";

describe("confusionMatrix and countPixels", () => {
  it("counts true classes in rows and predicted ones in columns", () => {
    const matrix = confusionMatrix(2);
    countPixels(matrix, [0, 0, 0, 1], [0, 0, 1, 1]);
    expect([...matrix.counts]).toEqual([2, 1, 0, 1]);
  });

  it("adds up several maps", () => {
    const matrix = confusionMatrix(2);
    countPixels(matrix, [0, 1], [0, 1]);
    countPixels(matrix, [0, 1], [1, 1]);
    expect([...matrix.counts]).toEqual([1, 1, 0, 2]);
  });

  it("leaves out labels of 255 and any other id that is no class, whatever was predicted there", () => {
    const matrix = confusionMatrix(2);
    countPixels(matrix, new Uint8Array([255, 2, 1]), new Uint8Array([0, 200, 1]));
    expect([...matrix.counts]).toEqual([0, 0, 0, 1]);
  });

  it("refuses maps of different sizes, predictions out of range and odd numbers of classes", () => {
    expect(() => countPixels(confusionMatrix(2), [0], [0, 1])).toThrow("Labels (1 pixels) and predictions (2 pixels) differ in size.");
    expect(() => countPixels(confusionMatrix(2), [0], [2])).toThrow("Class 2 was predicted; there are 2 classes.");
    for (const classes of [0, 1.5, 256]) expect(() => confusionMatrix(classes)).toThrow(RangeError);
  });
});

describe("metrics", () => {
  // Rows: true 0, 1, 2; columns: predicted. t = 4, 4, 2; predicted 4, 5, 1.
  const matrix = {classes: 3, counts: Float64Array.from([3, 1, 0, 1, 3, 0, 0, 1, 1])};

  it("equals what is computed by hand from a matrix of three classes", () => {
    const {pixelAccuracy, meanAccuracy, meanIoU, frequencyWeightedIoU, pixels, perClass} = metrics(matrix);
    expect(pixels).toBe(10);
    expect(pixelAccuracy).toBeCloseTo(7 / 10, 12);
    expect(meanAccuracy).toBeCloseTo((3 / 4 + 3 / 4 + 1 / 2) / 3, 12);
    expect(perClass.map(({iou}) => iou)).toEqual([3 / 5, 3 / 6, 1 / 2]);
    expect(meanIoU).toBeCloseTo((3 / 5 + 3 / 6 + 1 / 2) / 3, 12);
    expect(frequencyWeightedIoU).toBeCloseTo((4 * (3 / 5) + 4 * (3 / 6) + 2 * (1 / 2)) / 10, 12);
    expect(perClass[1]).toEqual({truePixels: 4, predictedPixels: 5, accuracy: 3 / 4, iou: 1 / 2});
  });

  it("leaves a class that is in neither labels nor predictions out of the means", () => {
    const wider = {classes: 4, counts: Float64Array.from([3, 1, 0, 0, 1, 3, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])};
    const {meanIoU, meanAccuracy, perClass} = metrics(wider);
    expect(perClass[3]).toEqual({truePixels: 0, predictedPixels: 0, accuracy: null, iou: null});
    expect(meanIoU).toBe(metrics(matrix).meanIoU);
    expect(meanAccuracy).toBe(metrics(matrix).meanAccuracy);
  });

  it("counts a class that was only predicted as an IoU of 0, except in the mean over labelled classes", () => {
    const {meanIoU, meanIoUOfLabelled, meanAccuracy} = metrics({classes: 2, counts: Float64Array.from([3, 1, 0, 0])});
    expect(meanIoU).toBeCloseTo(3 / 8, 12);
    expect(meanIoUOfLabelled).toBeCloseTo(3 / 4, 12);
    expect(meanAccuracy).toBeCloseTo(3 / 4, 12);
  });

  it("has no value where nothing was counted", () => {
    expect(metrics(confusionMatrix(2))).toMatchObject({
      pixelAccuracy: null,
      meanAccuracy: null,
      meanIoU: null,
      meanIoUOfLabelled: null,
      frequencyWeightedIoU: null,
      pixels: 0
    });
  });

  it("is 1 throughout where every pixel is right", () => {
    const perfect = confusionMatrix(3);
    countPixels(perfect, [0, 1, 2, 2], [0, 1, 2, 2]);
    const {pixelAccuracy, meanAccuracy, meanIoU, frequencyWeightedIoU} = metrics(perfect);
    expect([pixelAccuracy, meanAccuracy, meanIoU, frequencyWeightedIoU]).toEqual([1, 1, 1, 1]);
  });
});
