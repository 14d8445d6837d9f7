/**
 * Rules that tell our names of layers from a file's, both ways. A rule is a pair of patterns with the same placeholders: `{part}` stands
 * for a word without "/", `{n}` for a number counted from 0, `{n+1}` for the same counted from 1 and `{n:2}` for the same in two digits.
 * The first rule that fits counts.
 */
export type NameRule = readonly [ours: string, theirs: string];

export interface Renaming {
  /** Our name of what the file calls so; undefined where no rule fits. */
  ours(theirs: string): string | undefined;
  /** The file's name of what we call so; undefined where no rule fits. */
  theirs(ours: string): string | undefined;
}

/** A placeholder: its name, what is added to its number, in how many digits. */
const PLACEHOLDER = /\{(\w+)(?:\+(\d+))?(?::(\d+))?\}/g;
/** Numbers are called by one letter. */
const isNumber = (name: string) => name.length === 1;

export function renaming(rules: readonly NameRule[]): Renaming {
  const sides = rules.map(([ours, theirs]) => [patternOf(ours), patternOf(theirs)] as const);
  const renamed = (from: 0 | 1, name: string) => {
    for (const side of sides) {
      const values = side[from].read(name);
      if (values) return side[1 - from]!.write(values);
    }
    return undefined;
  };
  return {ours: (theirs) => renamed(1, theirs), theirs: (ours) => renamed(0, ours)};
}

type Values = Readonly<Record<string, string | number>>;

interface Pattern {
  read(name: string): Values | null;
  write(values: Values): string;
}

function patternOf(template: string): Pattern {
  const placeholders = [...template.matchAll(PLACEHOLDER)].map(([, name = "", added = "0", digits = "1"]) => ({
    name,
    added: Number(added),
    digits: Number(digits)
  }));
  const [start = "", ...rest] = template.split(new RegExp(PLACEHOLDER.source.replaceAll(/\((?!\?)/g, "(?:")));
  const literal = (text: string) => text.replaceAll(".", "\\.");
  const expression = new RegExp(
    `^${literal(start)}${placeholders.map(({name, digits}, i) => (isNumber(name) ? `(\\d{${digits},4})` : "(\\w+?)") + literal(rest[i]!)).join("")}$`
  );
  return {
    read(name) {
      const found = expression.exec(name)?.slice(1);
      return found
        ? Object.fromEntries(placeholders.map(({name, added}, i) => [name, isNumber(name) ? Number(found[i]) - added : found[i]!]))
        : null;
    },
    write: (values) =>
      start +
      placeholders
        .map(({name, added, digits}, i) => {
          const value = values[name]!;
          return (typeof value === "number" ? String(value + added).padStart(digits, "0") : value) + rest[i]!;
        })
        .join("")
  };
}
