/** A text of somebody else's as it is said in a sentence: so many letters at most. */
export function inShort(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
