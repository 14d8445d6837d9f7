import {vi} from "vitest";

/** What has been drawn on each canvas, as text. */
const drawn = new WeakMap<HTMLCanvasElement, string[]>();

/** What was drawn on a canvas since `recordDrawing`, a line an act; pixels as their colours, row by row. */
export function drawnOn(canvas: HTMLCanvasElement): readonly string[] {
  return drawn.get(canvas) ?? [];
}

/** Gives jsdom, which draws nothing, canvases that write down what is drawn on them. */
export function recordDrawing(): void {
  vi.stubGlobal(
    "ImageData",
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number
      ) {}
    }
  );
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement) {
    const lines = drawn.get(this) ?? [];
    drawn.set(this, lines);
    return new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...values: unknown[]) =>
            lines.push(`${String(name)}(${values.map(written).join(", ")})`),
        set(_, name, value) {
          lines.push(`${String(name)} = ${written(value)}`);
          return true;
        }
      }
    );
  } as unknown as HTMLCanvasElement["getContext"];
}

function written(value: unknown): string {
  if (value instanceof ImageData) return pixelRows(value);
  if (value instanceof Element) return `<${value.localName}>`;
  return typeof value === "object" ? "picture" : String(value);
}

function pixelRows({data, width, height}: ImageData): string {
  const pixel = (index: number) =>
    Array.from(data.subarray(4 * index, 4 * index + 4), (byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .replace(/ff$/, "");
  const rows = Array.from({length: height}, (_, row) =>
    Array.from({length: width}, (_, column) => `#${pixel(row * width + column)}`).join(" ")
  );
  return `\n${rows.join("\n")}\n`;
}
