import {expect, it, vi} from "vitest";
import {reportCopy} from "../../../src/components/page/report-copy.js";

const REPORT = "Browser: a test\nLast error: none";

async function pressed(write?: (items: {readonly parts: Record<string, Promise<Blob>>}[]) => Promise<void>) {
  vi.stubGlobal(
    "ClipboardItem",
    class {
      constructor(readonly parts: Record<string, Promise<Blob>>) {}
    }
  );
  vi.stubGlobal("navigator", write ? {clipboard: {write}} : {});
  const view = reportCopy(() => Promise.resolve(REPORT));
  view.querySelector("button")!.click();
  await vi.waitFor(() => expect(view.querySelector("pre")!.hidden).toBe(false));
  return {text: view.querySelector("pre")!.textContent, said: view.querySelector("[aria-live]")!.textContent};
}

it("copies the report, and shows what it copied", async () => {
  const copied: string[] = [];
  const {text, said} = await pressed(async ([item]) => void copied.push(await (await item!.parts["text/plain"]!).text()));
  expect(copied).toEqual([REPORT]);
  expect(text).toBe(REPORT);
  expect(said).toMatch(/^Copied/);
});

it("shows it to be selected where nothing can be copied", async () => {
  const {text, said} = await pressed();
  expect(text).toBe(REPORT);
  expect(said).toMatch(/select it here/);
});
