/** Quantities as the pages write them. */

/** A whole number with its thousands set apart. */
export function whole(value: number): string {
  return value.toLocaleString("en");
}

/** Thousandths, which addresses hold, as the number of hundredths that pages write. */
export function hundredths(perMille: number): string {
  return String(perMille / 10);
}

/** Multiply-adds in the unit that suits them. */
export function operations(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} G`;
  return value >= 1e5 ? `${(value / 1e6).toFixed(1)} M` : whole(value);
}

/** Multiply-adds in billions, where several stand side by side. */
export function billions(value: number): string {
  return `${(value / 1e9).toPrecision(3)} G`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Bytes in the unit that suits them. */
export function bytes(value: number): string {
  return value >= 1e5 ? megabytes(value) : `${(value / 1e3).toFixed(1)} kB`;
}

/** A rough size of something large. */
export function gigabytes(value: number): string {
  return `${(value / 1e9).toFixed(1)} GB`;
}

/** A rough time of something long. */
export function seconds(milliseconds: number): string {
  if (milliseconds >= 120_000) return `${Math.round(milliseconds / 60_000)} minutes`;
  return milliseconds < 1500 ? "1 second" : `${Math.round(milliseconds / 1000)} seconds`;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** The side of a receptive field, which is not finite behind image pooling. */
export function field(extent: number): string {
  return Number.isFinite(extent) ? `${whole(Math.round(extent))} pixels` : "whole image";
}
