/** The whole way with photos of one's own: labelled, saved, loaded, looked through, mended and measured, by the page and by the command. */
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {expect, test} from "@playwright/test";
import {runEvaluateCommand} from "../../scripts/evaluate/cli.js";
import type {Report} from "../../src/evaluate/report.js";
import {LabelPage} from "./label-page.js";
import {SitePage} from "./site-page.js";
import {labelSixPhotos} from "./six-photos.js";

test("six photos are labelled, saved, loaded, checked and measured", async ({page}) => {
  const label = await new LabelPage(page).open({model: "nano", backend: "wasm"});
  await labelSixPhotos(label);
  const folder = await mkdtemp(path.join(tmpdir(), "labelled-"));
  const zip = path.join(folder, "labels.zip");
  const downloaded = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name}).click()]);
    return download;
  };
  await (await downloaded("VOC zip")).saveAs(zip);

  const site = new SitePage(page);
  await page.goto("/evaluate?model=nano&size=257&backend=wasm");
  await site.done();
  await page.getByLabel("Zip or files").setInputFiles(zip);
  await expect(page.getByRole("region", {name: "Check-up"})).toContainText("6 photos were looked at");
  await site.done();
  // The model's class 1 is another.
  await site.changes(() => page.getByRole("button", {name: "Number them by their names, as the model does"}).click());
  await (await downloaded("Save as a VOC zip")).saveAs(zip);
  await site.changes(() => page.getByRole("button", {name: "Measure", exact: true}).click());
  const ours = JSON.parse(await readFile(await (await downloaded("All figures (JSON)")).path(), "utf8")) as Report;

  const said: string[] = [];
  await runEvaluateCommand(["--dataset", zip, "--model", "nano", "--input-size", "257", "--boundary", "--cores", "1", "--json"], (text) =>
    said.push(text)
  );
  const theirs = JSON.parse(said.join("\n")) as Report;
  // JPEG files are decoded by two libraries.
  expect(ours.meanIoUOfLabelled).toBeCloseTo(theirs.meanIoUOfLabelled!, 2);
  expect(ours.pixelAccuracy).toBeCloseTo(theirs.pixelAccuracy!, 2);
  expect(ours.pixelAccuracy).toBeGreaterThan(0.3);
  await rm(folder, {recursive: true});
});
