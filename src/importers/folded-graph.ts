import {isLayer} from "./fold.js";
import type {Layer, Part} from "./fold.js";

/** Folded parts with what reads them. */
export class FoldedGraph {
  readonly parts: readonly Part[];
  readonly layers: readonly Layer[];
  private readonly readers = new Map<string, Part[]>();

  constructor(private readonly byName: ReadonlyMap<string, Part>) {
    this.parts = [...byName.values()];
    this.layers = this.parts.filter(isLayer);
    for (const part of this.parts) {
      for (const input of new Set(part.inputs)) {
        const reading = this.readers.get(input);
        if (reading) reading.push(part);
        else this.readers.set(input, [part]);
      }
    }
  }

  /** What the file holds, for a sentence that says why it is refused. */
  get summary(): string {
    if (this.layers.length === 0) return `This file holds a graph of ${this.parts.length} operations without a convolution`;
    return `This file holds a network of ${this.layers.length} convolutions`;
  }

  /** The part of this name; none for what the graph is given. */
  get(name: string): Part | undefined {
    return this.byName.get(name);
  }

  readersOf(name: string): readonly Part[] {
    return this.readers.get(name) ?? [];
  }

  layersReading(name: string): Layer[] {
    return this.readersOf(name).filter(isLayer);
  }

  /** The part behind resizes, or the part itself. */
  behindResize(name: string): Part | undefined {
    const part = this.get(name);
    return part?.op === "resize" ? this.behindResize(part.inputs[0]!) : part;
  }

  /** All parts that a part leads to, nearest first. */
  *after(name: string): Generator<Part> {
    const seen = new Set<string>();
    const open = [...this.readersOf(name)];
    for (let part = open.shift(); part; part = open.shift()) {
      if (seen.has(part.name)) continue;
      seen.add(part.name);
      yield part;
      open.push(...this.readersOf(part.name));
    }
  }
}

export function isPointwise({op, kernel}: Layer): boolean {
  return op === "conv" && kernel.shape[0] === 1 && kernel.shape[1] === 1;
}
