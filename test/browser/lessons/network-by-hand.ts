/**
 * The versions, how many layers each has (the backbone's 61 and the head's), and its smallest rate at output stride 16, where v1 and v2,
 * written for 8, have half of theirs.
 */
export const VERSIONS = [
  ["v3+", 81, 6],
  ["v3", 71, 6],
  ["v2", 68, 3],
  ["v1", 64, 6]
] as const;

/** Sums written out for the model nano, MobileNetV2 at width 0.5, without the site's engine. */
export class ByHand {
  parameters = 0;
  multiplyAdds = 0;
  layers = 0;
  private rowsReached: number;
  lowLevel = 0;

  constructor(size: number, outputStride: number) {
    let side = Math.ceil(size / 2);
    let reached = 2;
    this.conv(side, 3, 3, 16);
    let input = 16;
    for (const [expansion, channels, repeats, stride] of [
      [1, 8, 1, 1],
      [6, 12, 2, 2],
      [6, 16, 3, 2],
      [6, 32, 4, 2],
      [6, 48, 3, 1],
      [6, 80, 3, 2],
      [6, 160, 1, 1]
    ] as const) {
      for (let repeat = 0; repeat < repeats; repeat++) {
        if (expansion > 1) this.conv(side, 1, input, input * expansion);
        if (repeat === 0 && stride === 2 && reached < outputStride) {
          side = Math.ceil(side / 2);
          reached *= 2;
        }
        this.depthwise(side, input * expansion);
        this.conv(side, 1, input * expansion, channels);
        if (repeat > 0) this.layers++;
        if (channels === 12) this.lowLevel = side;
        input = channels;
      }
    }
    this.rowsReached = side;
  }

  conv(side: number, kernel: number, from: number, to: number): this {
    this.multiplyAdds += side * side * kernel * kernel * from * to;
    this.parameters += kernel * kernel * from * to + to;
    this.layers++;
    return this;
  }
  depthwise(side: number, channels: number): this {
    this.multiplyAdds += side * side * 9 * channels;
    this.parameters += 10 * channels;
    this.layers++;
    return this;
  }

  /** The head of nano. */
  nano(): this {
    const side = this.rowsReached;
    this.conv(1, 1, 160, 256).conv(side, 1, 160, 256);
    for (let branch = 0; branch < 3; branch++) this.depthwise(side, 160).conv(side, 1, 160, 96);
    this.conv(side, 1, 2 * 256 + 3 * 96, 256).conv(this.lowLevel, 1, 72, 32);
    this.depthwise(this.lowLevel, 288)
      .conv(this.lowLevel, 1, 288, 112)
      .depthwise(this.lowLevel, 112)
      .conv(this.lowLevel, 1, 112, 112)
      .conv(this.lowLevel, 1, 112, 21);
    // Mean and upsampling of the pooled features, two concatenations, upsampling in the decoder.
    this.layers += 5;
    return this;
  }
  /** One 3x3 of 1024, a 1x1 of 1024, scores. */
  v1(): this {
    const side = this.rowsReached;
    return this.conv(side, 3, 160, 1024).conv(side, 1, 1024, 1024).conv(side, 1, 1024, 21);
  }
}
