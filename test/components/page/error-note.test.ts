import {expect, it} from "vitest";
import {errorNote} from "../../../src/components/page/error-note.js";

it("keeps one part's sentence when another part succeeds, and says the same only once", () => {
  const note = errorNote();
  expect(note.hidden).toBe(true);
  note.update("The photo is gone.", "photo");
  note.update("No network.", 1);
  note.update("No network.", 2);
  expect(note.querySelector("span")!.textContent).toBe("The photo is gone. No network.");
  note.update(null, 1);
  note.update(null, 2);
  expect(note.querySelector("span")!.textContent).toBe("The photo is gone.");
  note.querySelector("button")!.click();
  expect(note.hidden).toBe(true);
});
