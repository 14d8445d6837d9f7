import {expect, test} from "@playwright/test";
import type {Locator} from "@playwright/test";
import {expectAccessible} from "../accessible.js";
import {LessonPage} from "../lesson-page.js";

const number = (text: string) => Number.parseFloat(text.replace("< ", ""));

test("a step teaches a patch, thin legs are lost to small labels, a batch of one says nothing of pooling, and ASPP learns until it is paused", async ({
  page
}) => {
  // So low that the second figure is further than a screen below.
  await page.setViewportSize({width: 1280, height: 720});
  const lesson = await new LessonPage(page).open("/learning", {size: "193"});
  const value = async (name: string) => number(await lesson.value(name).innerText());

  // What is far below begins once the reader comes near it.
  const far = [lesson.value("Chair found, logits enlarged"), lesson.value("Pixels changed in a batch of 1")];
  for (const fact of far) await expect(fact).toHaveText("–");
  const comeTo = async (fact: Locator) => {
    await fact.scrollIntoViewIfNeeded();
    await expect(fact).not.toHaveText("–");
  };

  const step = page.getByRole("figure", {name: "One step on your photo"});
  const before = await value("Loss before");
  // What the reader is asked to find does not stand there from the beginning.
  await expect(page.getByText("The figure has the answer")).toHaveCount(0);
  await lesson.slider("Learning rate").fill("0");
  await expect(step).toContainText("Too small");
  expect(await value("Other pixels changed")).toBeLessThan(1);
  await lesson.slider("Learning rate").fill("5");
  expect(await value("Loss after")).toBeLessThan(0.8 * before);
  await lesson.slider("Learning rate").fill("8");
  await expect(step).toContainText("Too large");
  expect(await value("Loss after")).toBeGreaterThan(before);
  // Another question about the photo that stands.
  const layer = step.getByText(/number 1 of/);
  await expect(layer).not.toContainText("logits");
  await lesson.changes(() => page.getByRole("combobox", {name: "Layer"}).first().selectOption("logits"));
  await expect(layer).toContainText("logits");

  await comeTo(far[0]!);
  // At first both ways have the network's own mask.
  await lesson.slider("Steps of descent").fill("0");
  expect(await value("Chair found, logits enlarged")).toBe(await value("Chair found, labels made small"));
  await lesson.slider("Steps of descent").fill("5");
  expect(await value("Chair found, logits enlarged")).toBeGreaterThan(await value("Chair found, labels made small"));

  await comeTo(far[1]!);
  // The word stands in the prose, too, where it explains itself.
  const batches = page.getByRole("figure", {name: /^Batches of 1, 4/});
  await batches.getByRole("button", {name: "Image pooling", exact: true}).click();
  await expect(lesson.value("Values a channel in a batch of 1")).toHaveText("1");
  await expect(page.getByRole("img", {name: /^Deviations of channels in batches/})).toHaveAccessibleName(
    /24 × a batch of 1: from 0\.00 to 0\.00/
  );
  expect(await value("Pixels changed in a batch of 1")).toBeGreaterThan(await value("Pixels changed in a batch of 16"));

  await page.getByRole("button", {name: "Let it learn"}).click();
  await expect(lesson.value("Step")).toHaveText(/^[4-9] of 40$/, {timeout: 20_000});
  await page.getByRole("button", {name: "Pause", exact: true}).last().click();
  await lesson.done();
  await expect(page.getByRole("button", {name: "Go on"})).toBeVisible();
  expect(await value("Loss now")).toBeLessThan(Math.log(21));
  await expect(lesson.value("Worth most now")).not.toHaveText("–");
  // There is a look every few steps; an arrow key leads to the next.
  const steps = page.getByRole("slider", {name: /^Loss\./});
  await steps.press("Home");
  await expect(lesson.value("Step")).toHaveText("0 of 40");
  await steps.press("ArrowRight");
  await expect(lesson.value("Step")).toHaveText("2 of 40");
  await expectAccessible(page, "with all figures");
  expect(lesson.problems).toEqual([]);
});
