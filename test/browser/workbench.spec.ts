import {readFile} from "node:fs/promises";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {percent} from "../../components/classes/class-legend.js";
import {drawFrames} from "./frames.js";
import {expectLegibleToAll} from "./legible.js";
import {onOnePage} from "./one-page.js";
import {averageInNode, segmentInNode, shareThatDiffers} from "./reference.js";
import {PHOTO, Workbench} from "./workbench-page.js";

let page: Page;
let bench: Workbench;
onOnePage((opened) => {
  page = opened;
  bench = new Workbench(page);
  return bench.open({os: "8", size: "321", opacity: "30", view: "mask"});
});

test("an address restores every control, and reset brings the defaults back", async () => {
  await expect(bench.outputStride).toHaveValue("8");
  await expect(bench.inputSize).toHaveValue("321");
  await expect(bench.opacity).toHaveValue("30");
  await expect(bench.view).toHaveValue("mask");
  await bench.changes(() => page.getByRole("button", {name: /reset/i}).click());
  await expect(bench.outputStride).toHaveValue("16");
});

test("the default sample is segmented by itself", async () => {
  await bench.fresh();
  await expect(bench.image).toBeVisible();
  expect((await bench.legend()).size).toBeGreaterThan(1);
  const total = [...(await bench.legend()).values()].reduce((sum, share) => sum + share, 0);
  expect(total).toBeGreaterThan(99);
  expect(total).toBeLessThan(101);
});

test.describe("controls", () => {
  test("output stride and input size change the run, the address and the facts", async () => {
    await bench.fresh();
    await expect(bench.main).toContainText(/17\s*×/);
    for (const [stride, cells] of [
      ["8", 33],
      ["32", 9]
    ] as const) {
      await bench.changes(() => bench.outputStride.selectOption(stride));
      await expect(bench.main).toContainText(new RegExp(`${cells}\\s*×`));
      await expect(page).toHaveURL(new RegExp(`os=${stride}`));
    }
    for (const size of ["321", "385", "513"]) {
      await bench.changes(() => bench.inputSize.selectOption(size));
      await expect(bench.main).toContainText(size);
    }
  });

  test("every backend gives the same picture", async () => {
    await bench.fresh();
    await bench.small();
    await bench.changes(() => bench.backend.selectOption("wasm"));
    const expected = await bench.legend();
    // Emulated WebGPU takes a quarter of a minute to compile a whole network; elsewhere the engine's results on it are compared.
    for (const backend of ["kernels", "webgl", "cpu", ...(process.env["LONG"] ? ["webgpu"] : [])]) {
      await bench.changes(() => bench.backend.selectOption(backend));
      expect(await bench.legend(), backend).toEqual(expected);
    }
  });

  test("opacity, view and hidden classes redraw without another run", async () => {
    await bench.fresh();
    const run = await bench.main.getAttribute("data-run");
    const pictures = new Set([await picture()]);
    await bench.opacity.fill("0");
    pictures.add(await picture());
    await bench.opacity.fill("100");
    pictures.add(await picture());
    for (const view of ["side-by-side", "mask", "compare"]) {
      await bench.view.selectOption(view);
      pictures.add(await picture());
    }
    const position = page.getByRole("slider", {name: "Compare position"});
    await position.focus();
    await position.press("Home");
    pictures.add(await picture());
    await bench.view.selectOption("mask");
    await bench.classes.getByRole("listitem").first().getByRole("checkbox").setChecked(false);
    pictures.add(await picture());
    expect(pictures.size).toBe(8);
    expect(await bench.main.getAttribute("data-run")).toBe(run);

    async function picture(): Promise<string> {
      await drawFrames(page, 6);
      return (await bench.image.screenshot()).toString("base64");
    }
  });

  test("a pixel's probabilities follow pointer and keyboard and are those of the network", async () => {
    await bench.fresh();
    await bench.choose(PHOTO);
    const {softmax} = await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257});
    const probabilities = page.getByRole("list", {name: "Class probabilities"});
    const box = (await bench.image.boundingBox())!;
    await bench.image.hover({position: {x: box.width / 2, y: box.height / 2}});
    await expect(probabilities).toBeVisible();
    const readout = await page.getByRole("group", {name: "Pixel", exact: true}).innerText();
    const [x, y] = readout.match(/\d+/g)!.map(Number);
    const top = await probabilities.getByRole("listitem").first().innerText();
    const [, name, share] = /([a-z]+)\s+([\d.]+)\s*%/.exec(top.replaceAll("\n", " "))!;
    const expected = softmax(y!, x!);
    expect(Number(share) / 100).toBeCloseTo(expected.find((entry) => entry.name === name)!.probability, 2);
    expect(name).toBe(expected[0]!.name);

    await bench.image.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("group", {name: "Pixel", exact: true})).not.toHaveText(readout);
  });
});

test("who hears the page alone opens a photo, learns what is in it and where, and what another stride changes", async () => {
  const heard = () => page.locator("body").ariaSnapshot();
  await bench.fresh();
  expect(await heard()).toMatch(/^- banner:\s+- link "Skip to the content"/);
  await bench.choose(PHOTO);
  const run = {model: "nano", outputStride: 16, inputSize: 257};
  const found = await segmentInNode(PHOTO, run);
  const share = percent(found.shares[found.names.indexOf("car")]!);
  const what = `paragraph: car, ${share} of the picture, at the left; the rest is background.`;
  await expect.poll(heard).toContain(`${what} Arrow keys move the cross-hair by a pixel, with Shift by 20. Enter chooses the point.`);

  await page.getByRole("application", {name: "Segmentation"}).press("ArrowRight");
  const [, likeliest, x, y] = await heardOf(/paragraph: ([^\n]+), at x (\d+), y (\d+)\./);
  const [first, second] = found.softmax(Number(y), Number(x)).map(({name, probability}) => `${name}, ${percent(probability)}`);
  expect(likeliest).toBe(`${first}, then ${second}`);

  await bench.changes(() => page.getByRole("combobox", {name: "Output stride"}).selectOption("32"));
  const [, changed, less] = await heardOf(/paragraph: "?([^\n"]+) of the pixels changed class: [^\n]*car [\d.]+ % before, ([^\n]+ %) now/);
  const coarse = {...run, outputStride: 32};
  expect(changed).toBe(percent(await shareThatDiffers(PHOTO, run, coarse)));
  expect(less).toBe(percent((await segmentInNode(PHOTO, coarse)).shares[found.names.indexOf("car")]!));

  await page.getByText("The same as a table").first().click();
  expect(await heard()).toContain(`row "car ${less} at the left `);

  async function heardOf(words: RegExp): Promise<RegExpExecArray> {
    await expect.poll(heard).toMatch(words);
    return words.exec(await heard())!;
  }
});

test("where the system sets the colours, classes keep theirs and what is pressed is told from what is not", async () => {
  await bench.fresh();
  await page.emulateMedia({forcedColors: "active"});
  const looks = await page.evaluate(() => {
    const ground = (selector: string) => getComputedStyle(document.querySelector(selector)!);
    const swatch = document.querySelector<HTMLElement>(".legend .swatch")!;
    return {
      swatch: getComputedStyle(swatch).backgroundColor,
      meant: swatch.style.backgroundColor,
      bar: ground(".legend-bar").backgroundImage,
      pressed: ground('.sample[aria-pressed="true"]').backgroundColor,
      others: ground('.sample[aria-pressed="false"]').backgroundColor,
      chosen: ground('[role="tab"][aria-selected="true"]').backgroundColor,
      closed: ground('[role="tab"][aria-selected="false"]').backgroundColor
    };
  });
  await page.emulateMedia({forcedColors: "none"});
  expect(looks.swatch).toBe(looks.meant);
  expect(looks.bar).toContain("linear-gradient");
  expect(looks.pressed).not.toBe(looks.others);
  expect(looks.chosen).not.toBe(looks.closed);
});

test("names of classes stand on the mask where that is asked for, each on its own", async () => {
  await bench.fresh();
  await bench.view.selectOption("mask");
  await page.getByRole("checkbox", {name: "Names on the regions"}).check();
  const named = page.locator(".stage .mask-names span");
  await expect(named).not.toHaveCount(0);
  await expect(page.locator(".inspector .mask-names span")).not.toHaveCount(0);
  const colours = await page
    .locator(".legend li")
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector(".legend-name")!.textContent, row.querySelector<HTMLElement>(".swatch")!.style.backgroundColor])
    );
  const under = await named.evaluateAll((names) =>
    names.map((name) => {
      const canvas = name.closest(".figure")!.querySelector("canvas")!;
      const at = (side: "x" | "y", pixels: number) =>
        Math.floor((parseFloat(name.getAttribute("style")!.split(`--${side}:`)[1]!) / 100) * pixels);
      const [r, g, b] = canvas.getContext("2d")!.getImageData(at("x", canvas.width), at("y", canvas.height), 1, 1).data;
      return [name.textContent, `rgb(${r}, ${g}, ${b})`];
    })
  );
  expect(colours).toEqual(expect.arrayContaining(under));

  // Without their colours classes are told apart by the same words in the picture and in the legend, whichever eyes read them.
  const large = [...(await bench.legend())].flatMap(([name, share]) => (share >= 1 ? [name] : []));
  expect(large.length).toBeGreaterThan(1);
  const written = (await named.allInnerTexts()).toSorted();
  expect(written).toEqual(expect.arrayContaining(large));
  await expectLegibleToAll(page, ".stage", ".mask-names span, .legend-name");
  await page.getByRole("checkbox", {name: "Names on the regions"}).uncheck();
  await expect(named).toHaveCount(0);
});

test("a report of the page says what it runs on, and nothing of the photo", async () => {
  await bench.fresh();
  await bench.choose({name: "my-holiday.png", mimeType: "image/png", buffer: await readFile(PHOTO)});
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", {name: "Copy a report of this page"}).click();
  const shown = page.getByRole("group", {name: "What was copied"});
  await expect(shown).toContainText(/^Site: DeepLab workbench \d.*TensorFlow\.js 4\./);
  const report = await shown.innerText();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(report);
  for (const part of [
    /Scripts: .*workbench/,
    /wasm: SIMD, \d/,
    /Isolation: isolated/,
    /WebGL: .*textures of \d+/,
    /Memory: [1-9]\d* tensors/
  ]) {
    expect(report).toMatch(part);
  }
  expect(report).toMatch(/Status: \(a file\) segmented/);
  expect(report).toMatch(/Last error: none/);
  expect(report).not.toContain("my-holiday");
});

test("Back takes a chosen model and an opened tab back, and nothing that was dragged", async () => {
  await bench.open();
  await bench.opacity.fill("70");
  await page.getByRole("tab", {name: "By class"}).click();
  await bench.opacity.fill("20");
  const others = bench.model.locator("option:not([value=nano])");
  test.skip((await others.count()) === 0, "nano is the only model in data/models");
  await bench.changes(async () => bench.model.selectOption((await others.first().getAttribute("value"))!));
  await bench.changes(() => page.goBack());
  await expect(bench.model).toHaveValue("nano");
  await expect(bench.opacity).toHaveValue("20");
  await page.goBack();
  await expect(page.getByRole("tab", {name: "Maps"})).toHaveAttribute("aria-selected", "true");
  await expect(bench.opacity).toHaveValue("70");
});

test("several passes are averaged where that is asked for; the inspector keeps to a single one, and says so", async () => {
  await bench.fresh();
  await bench.choose(PHOTO);
  const single = await bench.legend();
  const note = page.getByText("Here is looked into a single pass");
  await expect(note).toBeHidden();
  await page.getByText("More", {exact: true}).click();
  await bench.changes(() => page.getByRole("combobox", {name: "Scales"}).selectOption("0.75,1,1.25"));
  await bench.changes(() => page.getByRole("checkbox", {name: "Mirrored photo averaged in"}).check());
  await expect(page).toHaveURL(/scales=0\.75%2C1%2C1\.25.*flip=1/);
  await expect(bench.main).toContainText("mean of 6 passes: scales 0.75, 1, 1.25, mirrored too");
  await expect(note).toBeVisible();

  const {names, shares} = await averageInNode(PHOTO, {scales: [0.75, 1, 1.25], flip: true});
  const averaged = await bench.legend();
  for (const [name, share] of averaged) expect(Math.abs(share - 100 * shares[names.indexOf(name)]!)).toBeLessThan(0.1);
  expect(averaged).not.toEqual(single);
});

test("the released model, where it is there, finds the same class shares as the engine in Node", async () => {
  await bench.fresh();
  const there = await bench.model.locator("option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  test.skip(!there.includes("mobilenetv2-050-pascal"), "mobilenetv2-050-pascal is not in data/models");
  await bench.choose(PHOTO);
  await bench.changes(() => bench.model.selectOption("mobilenetv2-050-pascal"));
  const {shares, names} = await segmentInNode(PHOTO, {model: "mobilenetv2-050-pascal", outputStride: 16, inputSize: 257});
  for (const [name, share] of await bench.legend()) expect(share).toBeCloseTo(shares[names.indexOf(name)]! * 100, 0);
});

test("inference runs in a worker and does not freeze the page", async () => {
  await bench.fresh();
  await bench.changes(() => bench.inputSize.selectOption("513"));
  await bench.changes(() => bench.outputStride.selectOption("8"));
  await page.evaluate(() => {
    const gaps = ((window as unknown as {gaps: number[]}).gaps = []) as number[];
    let last = performance.now();
    setInterval(() => {
      gaps.push(performance.now() - last);
      last = performance.now();
    }, 10);
  });
  await bench.changes(() => bench.outputStride.selectOption("16"));
  const longest = await page.evaluate(() => Math.max(...(window as unknown as {gaps: number[]}).gaps));
  const network = Number(/network\s+([\d.]+)/i.exec((await bench.main.innerText()).replaceAll("\n", " "))![1]);
  test.info().annotations.push({type: "longest gap of the page, ms", description: `${longest} (network ${network})`});
  await expect(bench.main).toContainText(/worker/);
});

test("a wrong value in the address is the default, and is told of", async () => {
  await bench.open({os: "7", size: "x", opacity: "-5", model: "nano", view: "sideways", backend: "abacus"});
  await expect(bench.outputStride).toHaveValue("16");
  await expect(bench.alert).toContainText("backend=abacus, os=7, size=x, view=sideways, and opacity=-5, which this page does not know");
});
