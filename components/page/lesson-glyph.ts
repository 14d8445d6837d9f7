/** Pixels of a glyph. */
const WIDTH = 96;
const HEIGHT = 64;

/** What a shape stands for: its colour is the concept's (`lesson-glyph.css`). */
type Concept = "ground" | "input" | "kernel" | "output" | "pooling" | "decoder" | "rate-1" | "rate-6" | "rate-12" | "rate-18";

const GLYPHS: Readonly<Record<string, () => string>> = {
  "/": segmentation,
  "/atrous": atrous,
  "/output-stride": outputStride,
  "/separable": separable,
  "/residual": residual,
  "/aspp": aspp,
  "/decoder": decoder,
  "/learning": learning,
  "/quantisation": quantisation
};

/**
 * What a lesson is about, as a small drawing: markup, for the site's foot is written where there is no document.
 *
 * @param path of the lesson; one that has no drawing of its own has the network's
 */
export function lessonGlyph(path: string): string {
  return `<svg class="lesson-glyph" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true">${(GLYPHS[path] ?? network)()}</svg>`;
}

/** Two things on a ground: a class for each cell. */
function segmentation(): string {
  const rows = [
    "............",
    ".a..........",
    "aaa.....bbb.",
    ".aaaaa..bbbb",
    ".aaaaa..bbbb",
    ".a...a..bbb.",
    ".a...a..b.b.",
    "............"
  ];
  return cells(0, 0, 8, rows, {".": "ground", a: "output", b: "pooling"});
}

/** Nine taps, some cells apart. */
function atrous(): string {
  const rows = Array.from({length: 8}, (_, row) =>
    Array.from({length: 12}, (_, column) => (row % 3 === 0 && (column - 2) % 3 === 0 && column < 9 ? "k" : ".")).join("")
  );
  return cells(0, 0, 8, rows, {".": "ground", k: "kernel"});
}

/** One photo in ever more cells. */
function outputStride(): string {
  return [2, 4, 8]
    .map((cellsASide, index) =>
      cells(33 * index + 1, 18, 28 / cellsASide, new Array<string>(cellsASide).fill("o".repeat(cellsASide)), {o: "output"})
    )
    .join("");
}

/** Each channel by itself, then all of them together. */
function separable(): string {
  const planes = [2, 23, 44].map((top) => square(6, top, 18, "input") + square(11, top + 5, 8, "kernel"));
  const joined = [11, 32, 53].map((top) => line(`M28 ${top}L66 32`));
  return [...joined, ...planes, square(66, 20, 24, "output")].join("");
}

/** A way past two layers, and a sum. */
function residual(): string {
  return [
    line("M2 44H94"),
    line("M14 44C14 6 74 6 74 36"),
    box(24, 32, 16, 24, "kernel"),
    box(46, 32, 16, 24, "kernel"),
    `<circle class="is-output" cx="74" cy="44" r="8"/>`,
    `<path class="mark" d="M74 40V48M70 44H78"/>`
  ].join("");
}

/** Five looks at one map, joined. */
function aspp(): string {
  const looks: readonly Concept[] = ["rate-1", "rate-6", "rate-12", "rate-18", "pooling"];
  return [
    ...looks.map((_, index) => line(`M18 32C32 32 28 ${6 + 13 * index} 44 ${6 + 13 * index}H54C70 ${6 + 13 * index} 62 32 78 32`)),
    square(2, 23, 18, "input"),
    ...looks.map((look, index) => box(41, 1.5 + 13 * index, 14, 9, look)),
    square(76, 23, 18, "output")
  ].join("");
}

/** Coarse cells, and the same with its outline. */
function decoder(): string {
  return [
    cells(2, 12, 10, ["..oo", ".ooo", ".ooo", "oooo"], {".": "ground", o: "output"}),
    box(54, 12, 40, 40, "ground"),
    `<path class="is-decoder" d="M54 52C58 38 62 42 63 30C64 16 76 13 94 12V52Z"/>`
  ].join("");
}

/** Maps that become smaller, and larger again. */
function network(): string {
  const sides = [40, 30, 22, 14, 10, 10, 24];
  const looks: readonly Concept[] = ["input", "input", "input", "input", "rate-12", "rate-12", "decoder"];
  let left = 0;
  const maps = sides.map((side, index) => {
    const map = box(left + 2, 32 - side / 2, 8, side, looks[index]!);
    left += 12;
    return map;
  });
  return [line("M6 32H94"), line("M18 47V60H78V44"), ...maps, box(86, 14, 8, 36, "output")].join("");
}

/** A loss that falls, step by step. */
function learning(): string {
  const at = (step: number) => ({x: 8 + 14 * step, y: 8 + 44 * (1 - Math.exp(-step / 1.6))});
  const steps = [0, 1, 2, 3, 4, 5, 6].map(at);
  return [
    line("M2 60H94"),
    `<path class="way" d="M${steps.map(({x, y}) => `${x} ${y.toFixed(1)}`).join("L")}"/>`,
    ...steps.map(({x, y}) => `<circle class="is-kernel" cx="${x}" cy="${y.toFixed(1)}" r="4"/>`)
  ].join("");
}

/** Any value, and the few that it is rounded to. */
function quantisation(): string {
  const step = 12;
  const stairs = Array.from(
    {length: 7},
    (_, index) => `${index === 0 ? "M" : "V"}${index === 0 ? "6 " : ""}${58 - 8.5 * index}H${6 + step * (index + 1)}`
  );
  return [line("M6 62L90 2"), `<path class="way" d="${stairs.join("")}"/>`].join("");
}

/** A map as text, a letter a cell. */
function cells(left: number, top: number, side: number, rows: readonly string[], concepts: Readonly<Record<string, Concept>>): string {
  return rows
    .flatMap((row, down) => [...row].map((letter, right) => square(left + side * right, top + side * down, side - 1, concepts[letter]!)))
    .join("");
}

function square(left: number, top: number, side: number, concept: Concept): string {
  return box(left, top, side, side, concept);
}

function box(left: number, top: number, width: number, height: number, concept: Concept): string {
  return `<rect class="is-${concept}" x="${left}" y="${top}" width="${width}" height="${height}" rx="${Math.min(1, width / 6)}"/>`;
}

function line(d: string): string {
  return `<path class="rule" d="${d}"/>`;
}
