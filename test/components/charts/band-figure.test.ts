// @vitest-environment jsdom
import {beforeAll, describe, expect, it} from "vitest";
import {bandFigure} from "../../../src/components/charts/band-figure.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const run = (name: string, meanIoU: number, narrow: number, wide: number, boundaryIoU: number) => ({
  name,
  meanIoU,
  losses: [],
  bands: [
    {width: 1, meanIoU: narrow},
    {width: 20, meanIoU: wide}
  ],
  boundaryIoU
});

const ablations = {
  model: "nano",
  images: 44,
  inputSize: 513,
  outputStride: 16,
  runs: [
    run("As trained", 0.6, 0.4, 0.55, 0.5),
    {name: "Without bands", meanIoU: 0.1, losses: []},
    run("Skip muted", 0.59, 0.38, 0.54, 0.49),
    run("Enlarged at once", 0.61, 0.35, 0.53, 0.47)
  ]
};

function figure(...runs: string[]): HTMLElement {
  return bandFigure({
    title: "Along outlines",
    ablations,
    curves: runs.map((name) => ({run: name, colour: "red"})),
    from: {source: {authors: "Somebody", title: "A paper", where: "2018 (its name)", url: "https://example.org/abs/2"}, place: "table 2"},
    others: [{name: "Xception", narrowest: 0.054, whole: 0.0076}],
    notes: "Notes."
  });
}

describe("the figure of bands along outlines", () => {
  const shown = () => figure("As trained", "Skip muted", "Enlarged at once");

  it("holds in a table what it draws", () => {
    const rows = [...shown().querySelectorAll("tr")].map((row) => [...row.children].map(({textContent}) => textContent));
    expect(rows).toEqual([
      ["Network", "1 px", "20 px", "Whole photos", "Boundary IoU"],
      ["As trained", "40.0 %", "55.0 %", "60.0 %", "50.0 %"],
      ["Skip muted", "38.0 %", "54.0 %", "59.0 %", "49.0 %"],
      ["Enlarged at once", "35.0 %", "53.0 %", "61.0 %", "47.0 %"]
    ]);
    expect(shown().querySelectorAll("path")).toHaveLength(3);
  });

  it("sets what the decoder brings over enlarging at once beside what others published, with one scale", () => {
    const lists = [...shown().querySelectorAll(".signed-bars")].map((list) =>
      [...list.querySelectorAll("li")].map((bar) => [
        bar.querySelector(".cost-name")!.textContent,
        bar.querySelector(".cost-text")!.textContent,
        Number.parseFloat(bar.querySelector<HTMLElement>(".signed-bar span")!.style.width)
      ])
    );
    const width = (gain: number) => expect.closeTo((50 * gain) / 0.054, 6) as number;
    expect(lists).toEqual([
      [
        ["nano", "+5.0", width(0.05)],
        ["Xception", "+5.4", width(0.054)]
      ],
      [
        ["nano", "−1.0", width(0.01)],
        ["Xception", "+0.8", width(0.0076)]
      ]
    ]);
  });

  it("says how it was measured, and what was added", () => {
    expect(shown().querySelector("figcaption")!.textContent).toMatch(/^nano on 44 labelled photos.*--ablate --boundary\).*Notes\.$/);
  });

  it.each(["Without bands", "Nowhere"])("refuses a run that was not measured so: %s", (name) => {
    expect(() => figure("As trained", name)).toThrow(`The figures of nano have no run "${name}" with bands along outlines.`);
  });
});
