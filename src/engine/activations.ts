/** An end point's activations as plain numbers: height x width x channels, row by row. */
export interface Activations {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}
