/** The whole loop as a reader has it: photos labelled by hand, learnt from, and the model on the camera; and what dies on the way. */
import {expect, test} from "@playwright/test";
import {crashGpu} from "./gpu.js";
import {LabelPage} from "./label-page.js";
import {SitePage} from "./site-page.js";
import {labelSixPhotos} from "./six-photos.js";
import {WebcamPage} from "./webcam-page.js";
import {crashWorker, keepWorkers} from "./workers.js";

/** A class that no model of the site has. */
const PHOTOS = {astronaut: "suit", cat: "fur", cows: "fur", dog: "fur", horses: "fur", musicians: "suit"};

test("six photos are labelled and learnt from, and the camera is seen with what was learnt", async ({page}) => {
  test.setTimeout(600_000);
  const label = await new LabelPage(page).open({model: "nano", backend: "wasm"});
  await labelSixPhotos(label, PHOTOS);
  const site = new SitePage(page);
  await page.goto("/train?model=nano&backend=wasm&size=129&steps=50");
  await site.done();
  await page.getByLabel("Photos that you labelled").selectOption({index: 1});
  await expect(page.getByText(/The last layer begins anew for (fur and suit|suit and fur); for background it keeps/)).toBeVisible();
  await expect(page).toHaveURL(/project=/);
  await page.getByRole("button", {name: "Train", exact: true}).click();
  const trained = page.getByRole("region", {name: "The trained model"});
  await trained.waitFor({timeout: 500_000});
  await site.done();
  const losses = await page.getByRole("slider", {name: /^Loss\./}).getAttribute("aria-label");
  const [, first, last] = /learns from: ([\d.]+) at step 1, ([\d.]+) at step 50/.exec(losses!)!;
  expect(Number(last)).toBeLessThan(0.7 * Number(first));
  const address = await trained.getByRole("link", {name: "On the webcam"}).getAttribute("href");
  const model = new URL(address!, page.url()).searchParams.get("model")!;
  const camera = await new WebcamPage(page).open({model});
  await camera.run();
  await camera.more(2);
  await expect(camera.select("Model").locator(":checked")).toContainText("trained (kept)");
  camera.expectNoProblem();
  site.expectNoProblem();
});

const STEPS = 1000;

interface Deaths {
  /** How many, at moments that chance chooses: twenty with those of the others. */
  readonly count: number;
  readonly backend: "wasm" | "webgl";
  /** What the page says of it; it starts anew and says nothing where it dies itself. */
  readonly said: RegExp | null;
  kill(site: SitePage): Promise<unknown>;
}

/** What dies, and how. */
const KILLS: Readonly<Record<string, Deaths>> = {
  page: {count: 7, backend: "wasm", said: null, kill: ({page}) => page.reload()},
  worker: {count: 7, backend: "wasm", said: /out of memory.*It can go on from step [\d,]+\./, kill: ({page}) => crashWorker(page)},
  GPU: {
    ...{count: 6, backend: "webgl", kill: ({page}) => crashGpu(page)},
    said: /lost the graphics device.*: go on, on the WASM backend if it happens again\. What was learnt up to step \d+ is kept\./
  }
};

for (const [what, {count, backend, said, kill}] of Object.entries(KILLS)) {
  test(`${count} deaths of the ${what} lose no checkpoint, and no more than was learnt since the last`, async ({page}) => {
    test.setTimeout(1_200_000);
    await page.addInitScript(keepWorkers);
    const label = await new LabelPage(page).open({model: "nano", backend: "wasm"});
    await labelSixPhotos(label);
    const site = new SitePage(page);
    await page.goto(`/train?model=nano&backend=${backend}&size=65&batch=1&freeze=logits&steps=${STEPS}`);
    await site.done();
    await page.getByLabel("Photos that you labelled").selectOption({index: 1});
    await page.getByRole("button", {name: "Train", exact: true}).click();
    const underWay = page.locator(".status-detail", {hasText: /^step \d+ of 1,000/});
    const goOn = page.getByRole("button", {name: /^Go on( with it)?$/});
    const pausedAt = page.getByRole("status").filter({hasText: /^Paused after step/});
    let kept = 0;
    for (let death = 0; death < count; death++) {
      await underWay.waitFor();
      // A pause writes a checkpoint; by itself one comes only after longer than is waited here.
      await page.getByRole("button", {name: "Pause"}).click();
      const paused = stepIn(await pausedAt.textContent());
      expect(paused).toBeGreaterThanOrEqual(kept);
      kept = paused;
      await goOn.click();
      await underWay.waitFor();
      const before = await stepOf(site);
      await page.waitForTimeout(Math.random() * 4000);
      const last = await stepOf(site);
      await kill(site);
      if (said) await expect(site.alert).toContainText(said);
      await goOn.click();
      const now = page.getByRole("slider", {name: new RegExp(`^Loss\\..*(went on at step.*){${death + 1}}`)});
      await now.waitFor();
      const marks = [...(await now.getAttribute("aria-label"))!.matchAll(/went on at step (\d+)/g)].map(([, step]) => Number(step));
      const from = marks.at(-1)!;
      expect(from).toBeGreaterThanOrEqual(kept);
      expect(from).toBeLessThanOrEqual(last + 2);
      expect(last).toBeGreaterThanOrEqual(before);
      kept = from;
    }
  });
}

/** So many steps are done, as the page tells it. */
async function stepOf({page}: SitePage): Promise<number> {
  return stepIn(await page.locator(".status-detail").textContent());
}

function stepIn(words: string | null): number {
  return Number(/step ([\d,]+)/.exec(words ?? "")?.[1]?.replace(",", "") ?? 0);
}
