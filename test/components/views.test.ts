// @vitest-environment jsdom
import {beforeAll, describe, expect, it, vi} from "vitest";
import {costBars} from "../../src/components/charts/cost-bars.js";
import {channelOf, featureMaps, meanActivation} from "../../src/components/maps/feature-maps.js";
import {figureBlock} from "../../src/components/page/figure-block.js";
import {kernelEditor} from "../../src/components/fields/kernel-editor.js";
import {lessonMap} from "../../src/components/page/lesson-map.js";
import {mixingDesk} from "../../src/components/fields/mixing-desk.js";
import {photoPicker} from "../../src/components/photo/photo-picker.js";
import {presetList} from "../../src/components/fields/preset-list.js";
import {readouts} from "../../src/components/tables/readouts.js";
import {shareChart} from "../../src/components/charts/share-chart.js";
import {signalFigure} from "../../src/components/charts/signal-figure.js";
import {signedBars} from "../../src/components/charts/signed-bars.js";
import {sourceList} from "../../src/components/page/sources.js";
import {stageStrip} from "../../src/components/network/stage-strip.js";
import {signed, sumOf, tapSum} from "../../src/components/tables/tap-sum.js";
import {tryList} from "../../src/components/fields/try-list.js";
import {withoutDrawing} from "./dom.js";

beforeAll(withoutDrawing);

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;
/** 1 x 2 cells with 3 channels. */
const maps = {height: 1, width: 2, channels: 3, values: Float32Array.from([1, -2, 3, 4, 5, 6])};

describe("readouts", () => {
  it("give each value its name and keep those that are not named", () => {
    const view = readouts(["Feature size", "Multiply-adds"]);
    view.update({"Feature size": "33 × 33"});
    view.update({"Multiply-adds": "2.7 G"});
    expect(named(view, "Feature size").textContent).toBe("33 × 33");
    expect(named(view, "Multiply-adds").textContent).toBe("2.7 G");
    expect(() => view.update({Colour: "red"})).toThrow(RangeError);
  });
});

describe("feature maps", () => {
  it("take one channel out of all, and the mean strength of all", () => {
    expect([...channelOf(maps, 1)]).toEqual([-2, 5]);
    expect([...meanActivation(maps)]).toEqual([2, 5]);
  });
  it("show as many channels as fit, from the one asked for, and report which is chosen", () => {
    const onChannel = vi.fn();
    const view = featureMaps({label: "Maps", shown: 2, onChannel});
    view.update(maps, 1);
    expect([...view.querySelectorAll("canvas")].map((canvas) => canvas.getAttribute("aria-label"))).toEqual(["Channel 1", "Channel 2"]);
    view.querySelectorAll("button")[1]!.click();
    expect(onChannel).toHaveBeenCalledWith(2);
  });
});

describe("cost bars", () => {
  it("are as long as their share of the longest", () => {
    const view = costBars({label: "Multiply-adds"});
    view.update([
      {name: "standard", value: 4, text: "4 G"},
      {name: "separable", value: 1, text: "1 G", colour: "red"}
    ]);
    expect([...view.querySelectorAll<HTMLElement>(".cost-bar")].map((bar) => bar.style.getPropertyValue("--share"))).toEqual(["1", "0.25"]);
    expect(view.textContent).toContain("separable");
  });
});

describe("signed bars", () => {
  it("go left below zero and right above", () => {
    const view = signedBars({label: "Contributions"});
    view.update(
      [
        {name: "a", value: 2, colour: "red"},
        {name: "b", value: -1, colour: "blue"}
      ],
      2
    );
    const bars = [...view.querySelectorAll<HTMLElement>(".signed-bar span")].map(({style}) => [style.left, style.width]);
    expect(bars).toEqual([
      ["50%", "50%"],
      ["25%", "25%"]
    ]);
    expect(view.textContent).toContain("−1.00");
  });
});

describe("the tap sum", () => {
  it("leaves taps outside out of the sum", () => {
    const taps = [
      {input: 0.5, weight: 2, inside: true},
      {input: 9, weight: 9, inside: false},
      {input: 1, weight: -3, inside: true}
    ];
    expect(sumOf(taps)).toBe(-2);
    const view = tapSum();
    view.update(taps, 3, -2);
    expect(named(view, "Sum of products").textContent).toBe("−2.000");
    expect(named(view, "Output value").textContent).toBe("−2.000");
    expect(view.querySelectorAll(".tap-outside")).toHaveLength(1);
  });
  it("writes numbers with a proper minus and no negative zero", () => {
    expect(signed(-1.005, 1)).toBe("−1.0");
    expect(signed(-0.0001, 2)).toBe("0.00");
  });
});

describe("presets", () => {
  it("say which stands and what to look for", () => {
    const choose = vi.fn();
    const view = presetList([
      {label: "A", look: "look at a", choose},
      {label: "B", look: "look at b", choose: () => {}}
    ]);
    view.show([false, true]);
    expect([...view.querySelectorAll("button")].map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
    expect(view.textContent).toContain("look at b");
    view.querySelector("button")!.click();
    expect(choose).toHaveBeenCalled();
    view.show([false, false]);
    expect(view.textContent).not.toContain("look at");
  });
});

describe("try this", () => {
  it("answers what is done", () => {
    const view = tryList(["Do this.", "Do that."]);
    view.update([null, "That it is."]);
    expect([...view.querySelectorAll("li")].map((item) => item.classList.contains("done"))).toEqual([false, true]);
    expect(view.textContent).toContain("That it is.");
  });
});

describe("the kernel editor", () => {
  it("reports nine numbers, and nothing while one is none", () => {
    const onChange = vi.fn();
    const view = kernelEditor({label: "Kernel", size: 3, limit: 9, onChange});
    view.show([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const input = named(view, "Kernel, row 2, column 3") as HTMLInputElement;
    expect(input.value).toBe("6");
    input.value = "";
    input.dispatchEvent(new Event("input"));
    expect(onChange).not.toHaveBeenCalled();
    input.value = "-0.5";
    input.dispatchEvent(new Event("input"));
    expect(onChange).toHaveBeenCalledWith([1, 2, 3, 4, 5, -0.5, 7, 8, 9]);
    input.value = "99";
    input.dispatchEvent(new Event("input"));
    expect(onChange).toHaveBeenLastCalledWith([1, 2, 3, 4, 5, 9, 7, 8, 9]);
    input.value = "";
    input.dispatchEvent(new Event("blur"));
    expect(input.value).toBe("6");
  });
});

describe("the signal", () => {
  it("goes on to the next output by keyboard even where a stride leaves columns between", () => {
    const onChoose = vi.fn();
    const view = signalFigure({label: "Signal", onChoose});
    view.update({
      input: [1, 2, 3, 4, 5, 6, 7],
      output: [1, 2, 3],
      weights: [1, 1, 1],
      taps: [1, 2, 3],
      chosen: 1,
      place: (output) => 3 * output
    });
    view.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
    expect(onChoose).toHaveBeenLastCalledWith(2);
    view.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowLeft"}));
    expect(onChoose).toHaveBeenLastCalledWith(0);
  });
});

describe("the share chart", () => {
  it("names each share at the marked place", () => {
    const view = shareChart({label: "Shares", xTitle: "rate"});
    view.update(
      [
        {name: "9 taps", colour: "red", shares: [1, 0.25]},
        {name: "1 tap", colour: "blue", shares: [0, 0.75]}
      ],
      2
    );
    expect([...view.querySelectorAll("li")].map((item) => item.textContent!.trim())).toEqual(["9 taps: 25.0 %", "1 tap: 75.0 %"]);
    expect(view.querySelectorAll("path")).toHaveLength(4);
  });
});

describe("the mixing desk", () => {
  const strips = ["a", "b", "c"].map((name) => ({name, title: `branch ${name}`, colour: "red", control: null}));
  it("marks what is muted, and what is alone", () => {
    const onMute = vi.fn();
    const onSolo = vi.fn();
    const desk = mixingDesk({strips, onMute, onSolo});
    desk.mute(new Set(["a", "c"]));
    const pressed = (name: string) => named(desk, name).getAttribute("aria-pressed");
    expect([pressed("Mute branch a"), pressed("Mute branch b"), pressed("Solo branch b"), pressed("Solo branch a")]).toEqual([
      "true",
      "false",
      "true",
      "false"
    ]);
    (named(desk, "Mute branch b") as HTMLElement).click();
    (named(desk, "Solo branch c") as HTMLElement).click();
    expect([onMute.mock.lastCall, onSolo.mock.lastCall]).toEqual([["b"], ["c"]]);
    desk.fill("b", maps, "rate 6");
    expect(named(desk, "branch b").textContent).toContain("rate 6");
    expect(() => desk.fill("z", maps, "")).toThrow(RangeError);
  });
});

describe("the stage strip", () => {
  it("shows each stage's shape and which is chosen", () => {
    const onChoose = vi.fn();
    const strip = stageStrip({label: "Stages", onChoose});
    strip.update(
      [
        {name: "x/y", title: "First", colour: "green", maps},
        {name: "z", title: "Second", colour: "green", maps}
      ],
      "z"
    );
    const [first, second] = strip.querySelectorAll("button");
    expect([first!.getAttribute("aria-pressed"), second!.getAttribute("aria-pressed")]).toEqual(["false", "true"]);
    expect(first!.textContent).toContain("2 × 1 × 3");
    first!.click();
    expect(onChoose).toHaveBeenCalledWith("x/y");
  });
});

describe("lists", () => {
  it("the lesson map marks here and what was opened", () => {
    const view = lessonMap([
      {href: "./", name: "One", about: "first", visited: true, here: true},
      {href: "./two", name: "Two", about: "second", visited: true, here: false},
      {href: "./three", name: "Three", about: "third", visited: false, here: false}
    ]);
    expect([...view.querySelectorAll(".lesson-mark")].map((mark) => mark.textContent)).toEqual(["you are here", "✓ opened", ""]);
    expect(view.querySelectorAll("a")[1]!.getAttribute("href")).toBe("./two");
  });
  it("sources are linked", () => {
    const view = sourceList([{authors: "A", title: "T", where: "W 2018", url: "https://example.org/"}]);
    expect(view.querySelector("a")!.href).toBe("https://example.org/");
  });
  it("a figure has a name and a caption", () => {
    const view = figureBlock({title: "Title", body: document.createTextNode("body"), caption: "Caption"});
    expect([view.getAttribute("aria-label"), view.querySelector("figcaption")!.textContent]).toEqual(["Title", "Caption"]);
    expect(view.querySelector(".figure-controls")).toBeNull();
  });
});

describe("the photo picker", () => {
  it("offers a file, the camera, samples and an address", () => {
    const [onFile, onSample, onAddress, onCamera] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const view = photoPicker({samples: [{id: "dog", title: "Dog", url: "dog.jpg"}], onFile, onSample, onAddress, onCamera});
    document.body.append(view);
    view.querySelector<HTMLElement>(".sample")!.click();
    expect(onSample).toHaveBeenCalledWith("dog");
    [...view.querySelectorAll("button")].find((button) => button.textContent === "Camera")!.click();
    expect(onCamera).toHaveBeenCalled();
    view.querySelector<HTMLInputElement>("input[type=url]")!.value = " https://example.org/a.jpg ";
    view.querySelector("form")!.requestSubmit();
    expect(onAddress).toHaveBeenCalledWith("https://example.org/a.jpg");
    view.show("dog");
    expect(view.querySelector(".sample")!.getAttribute("aria-pressed")).toBe("true");
  });
});
