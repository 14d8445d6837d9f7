import {vi} from "vitest";
import type {FeatureMapValues} from "../../../src/components/maps/feature-maps.js";

/** Things that the pictures of several views show. */

/** 3 x 4 cells of so many channels; the channels differ, and have both signs. */
export function someMaps(channels = 3): FeatureMapValues {
  const [height, width] = [3, 4];
  const values = Float32Array.from({length: height * width * channels}, (_, index) => {
    const [cell, channel] = [Math.floor(index / channels), index % channels];
    return ((cell * (channel + 2)) % 7) - 2;
  });
  return {height, width, channels, values};
}

export const CLASSES = ["background", "cat", "dog"];
export const PALETTE = [
  [0, 0, 0],
  [64, 0, 0],
  [64, 0, 128]
];

/** Shows a view a first time, and gives it. */
export function shown<View extends Element>(view: View, show: (view: View) => void): View {
  show(view);
  return view;
}

export const nothing = (): void => {};

/** Paints a photo in small. */
export function paintGreen(canvas: HTMLCanvasElement): Promise<void> {
  const context = canvas.getContext("2d")!;
  context.fillStyle = "green";
  context.fillRect(0, 0, canvas.width, canvas.height);
  return Promise.resolve();
}

/** Several states of a view in one picture. */
export function beside(...views: Element[]): Element {
  const box = document.createElement("div");
  box.append(...views);
  return box;
}

/** A view made while every element is said to have this size, for jsdom lays nothing out. */
export function sized<View>({width, height}: {readonly width: number; readonly height: number}, make: () => View): View {
  const spies = [
    vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width),
    vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(height)
  ];
  const view = make();
  for (const spy of spies) spy.mockRestore();
  return view;
}
