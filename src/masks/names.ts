/**
 * What the files of photos are called, before their suffix: as the photos without their ending; with it where two would be called the same.
 *
 * @param names of the photos, each another
 */
export function stemsOf(names: readonly string[]): string[] {
  const stems = names.map((name) => name.replace(/(?<=.)\.[^.]*$/, ""));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(plain(stem), (counts.get(plain(stem)) ?? 0) + 1);
  return stems.map((stem, i) => (counts.get(plain(stem))! > 1 ? names[i]! : stem));
}

/** Many file systems take capitals for small letters. */
const plain = (stem: string) => stem.toLowerCase();
