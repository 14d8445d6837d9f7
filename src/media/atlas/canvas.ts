import type {AtlasPaint} from "../../components/maps/atlas-paint.js";
import {TILE_NUMBERS, tileNumbers} from "./tiles.js";

/** Canvases that the CPU draws lie in main memory: in the GPU's process each drawing costs milliseconds. */
const IN_MEMORY: CanvasRenderingContext2DSettings = {willReadFrequently: true};

/** Paints an atlas on the CPU, one look-up a value. @param shades as `shadeTables` gives them */
export function canvasAtlas(shades: Uint8Array): AtlasPaint {
  return (request) => {
    const {columns, rows, tileHeight, tileWidth} = request.layout;
    const canvas = document.createElement("canvas");
    canvas.width = columns * tileWidth;
    canvas.height = rows * tileHeight;
    const context = canvas.getContext("2d", IN_MEMORY)!;
    context.putImageData(new ImageData(atlasPixels(request, shades), canvas.width, canvas.height), 0, 0);
    return {
      image: canvas,
      settings: IN_MEMORY,
      onLost() {
        // Main memory does not get lost.
      },
      dispose() {
        // Gives the memory back at once, not when it is next collected.
        canvas.width = canvas.height = 0;
      }
    };
  };
}

/** The RGBA bytes of an atlas; transparent where no tile is. */
export function atlasPixels(request: Parameters<AtlasPaint>[0], shades: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const {maps, layout} = request;
  const {columns, rows, reduction, tileHeight, tileWidth} = layout;
  const {height, width, channels, values} = maps;
  const colours = new Uint32Array(shades.slice().buffer);
  const perScale = colours.length / 2;
  const numbers = tileNumbers(request, perScale);
  const count = Math.min(request.order.length, columns * rows);
  const atlasWidth = columns * tileWidth;
  const pixels = new Uint32Array(atlasWidth * rows * tileHeight);

  const channelOf = new Uint32Array(count);
  const low = new Float32Array(count);
  const steps = new Float32Array(count);
  const table = new Uint32Array(count);
  const corner = new Uint32Array(count);
  for (let tile = 0; tile < count; tile++) {
    const at = tile * TILE_NUMBERS;
    channelOf[tile] = numbers[at]!;
    low[tile] = numbers[at + 1]!;
    steps[tile] = numbers[at + 2]!;
    table[tile] = numbers[at + 3]! * perScale;
    corner[tile] = Math.floor(tile / columns) * tileHeight * atlasWidth + (tile % columns) * tileWidth;
  }

  // Cell by cell of the map, all its channels: in the order in which the values lie.
  const sums = new Float32Array(count);
  for (let y = 0; y < tileHeight; y++) {
    const bottom = Math.min(height, (y + 1) * reduction);
    for (let x = 0; x < tileWidth; x++) {
      const right = Math.min(width, (x + 1) * reduction);
      const cells = (bottom - y * reduction) * (right - x * reduction);
      sums.fill(0);
      for (let row = y * reduction; row < bottom; row++) {
        for (let column = x * reduction; column < right; column++) {
          const from = (row * width + column) * channels;
          for (let tile = 0; tile < count; tile++) sums[tile]! += values[from + channelOf[tile]!]!;
        }
      }
      const to = y * atlasWidth + x;
      for (let tile = 0; tile < count; tile++) {
        const shade = (sums[tile]! / cells - low[tile]!) * steps[tile]! + 0.5;
        // What is no number has the first shade.
        pixels[corner[tile]! + to] = colours[table[tile]! + (shade > 0 ? (shade < perScale ? shade | 0 : perScale - 1) : 0)]!;
      }
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}
