/** Quantities as the page writes them. */

/** A whole number with its thousands set apart. */
export function whole(value: number): string {
  return value.toLocaleString("en");
}

/** Multiply-adds in millions or billions (G). */
export function operations(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} G`;
  return value >= 1e5 ? `${(value / 1e6).toFixed(1)} M` : whole(value);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** The side of a receptive field, which is not finite behind image pooling. */
export function field(extent: number): string {
  return Number.isFinite(extent) ? `${whole(Math.round(extent))} pixels` : "whole image";
}
