/** So many of a thing, in words: "1 photo", "1,200 photos". */
export function countInWords(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}
