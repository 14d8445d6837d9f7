// @vitest-environment jsdom
import {beforeAll, describe, expect, it, vi} from "vitest";
import {channelList} from "../../src/components/maps/channel-list.js";
import {classScores} from "../../src/components/classes/class-scores.js";
import {sequential} from "../../src/components/maps/colour-maps.js";
import {colourScale} from "../../src/components/maps/colour-scale.js";
import {contributionPair} from "../../src/components/charts/contribution-pair.js";
import {boxMark, pointMark} from "../../src/components/photo/photo-marks.js";
import {withoutDrawing} from "./dom.js";

beforeAll(withoutDrawing);

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

describe("scores of the classes", () => {
  const scores = ["cat", "dog", "cow", "bus", "car", "sofa", "boat"].map((name, i) => ({
    name,
    colour: "red",
    logit: i - 2,
    probability: i / 21,
    asked: name === "dog"
  }));
  const view = classScores({label: "Scores"});
  view.update(scores);
  const rows = () => [...view.querySelectorAll<HTMLElement>("tbody tr")];

  it("stand largest first, and five at first", () => {
    expect(rows()[0]!.textContent).toContain("boat");
    expect(rows()[0]!.textContent).toContain("4.000");
    expect(rows().filter(({hidden}) => !hidden)).toHaveLength(5);
    expect(rows().find(({className}) => className === "asked")!.textContent).toContain("dog");
  });
  it("unfold, and stay unfolded at the next place", () => {
    const button = view.querySelector("button")!;
    expect(button.textContent).toBe("All 7 classes");
    button.click();
    expect(button.getAttribute("aria-expanded")).toBe("true");
    view.update(scores);
    expect(rows().every(({hidden}) => !hidden)).toBe(true);
    button.click();
    expect(rows().filter(({hidden}) => hidden)).toHaveLength(2);
  });
});

it("contributions to two classes share a scale and meet their logits", () => {
  const view = contributionPair();
  view.update({
    first: {title: "Towards cat", logit: 1.5},
    second: {title: "Towards dog", logit: -1},
    parts: [
      {name: "1 × 1", colour: "red", first: 2, second: -4},
      {name: "biases", colour: "blue", first: -0.5, second: 3}
    ]
  });
  const widths = (name: string) => [...named(view, name).querySelectorAll<HTMLElement>(".signed-bar span")].map(({style}) => style.width);
  expect(widths("Contributions to the first class")).toEqual(["25%", "6.25%"]);
  expect(widths("Contributions to the second class")).toEqual(["50%", "37.5%"]);
  expect(named(view, "Sum of contributions").textContent).toBe("1.500");
  expect(named(view, "Logit of the second class").textContent).toBe("−1.000");
});

it("a channel's button says what it adds, and reports which it is", () => {
  const onChannel = vi.fn();
  const view = channelList({label: "For", onChannel});
  view.update([{channel: 87, activation: 2, weight: -0.5, part: -1, map: Float32Array.from([0, 1])}], {
    height: 1,
    width: 2,
    colour: sequential(0, 1)
  });
  const button = view.querySelector("button")!;
  expect(button.textContent!.replaceAll(/\s+/g, " ").trim()).toBe("channel 87 2.00 × −0.50 −1.00");
  button.click();
  expect(onChannel).toHaveBeenCalledWith(87);
});

it("a colour scale has its ends' colours and words", () => {
  const view = colourScale({label: "Colours"});
  view.update({low: 0, high: 2}, (value) => [value * 100, 0, 0], ["sure", "", "2 bits"]);
  const {background} = view.querySelector<HTMLElement>(".scale-bar")!.style;
  expect(background.replaceAll(",", "").replaceAll("  ", " ")).toMatch(/rgba?\(0 0 0.*rgba?\(200 0 0/);
  expect([...view.querySelectorAll(".scale-words span")].map(({textContent}) => textContent)).toEqual(["sure", "", "2 bits"]);
});

it("marks are drawn in the photo's pixels", () => {
  const rects = [...boxMark({left: -3, top: 4, width: 10, height: 20, colour: "red", dashed: true}).querySelectorAll("rect")];
  expect(rects.map((rect) => ["x", "y", "width", "height"].map((name) => rect.getAttribute(name)).join())).toEqual([
    "-3,4,10,20",
    "-3,4,10,20"
  ]);
  expect(pointMark({column: 40, row: 30}, {width: 400, height: 100}).querySelector("path")!.getAttribute("d")).toContain("L50 30");
});
