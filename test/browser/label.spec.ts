/** Labels drawn with each tool, by mouse, keys, finger and pen; kept, restored and saved. */
import {expect, test} from "@playwright/test";
import {LabelPage} from "./label-page.js";
import {onOnePage} from "./one-page.js";

let label: LabelPage;
onOnePage(async (page) => (label = await new LabelPage(page).open()));

test("brush and eraser draw by mouse, are undone and redone, and all is there after a reload", async () => {
  await label.addClass("dog");
  expect(await label.classAt(0.5, 0.5)).toBe("undecided");
  await label.draw([0.4, 0.5], [0.6, 0.5]);
  expect(await label.classAt(0.5, 0.5)).toBe("dog");
  await label.tool("Eraser");
  await label.draw([0.55, 0.4], [0.55, 0.6]);
  expect(await label.classAt(0.55, 0.5)).toBe("undecided");
  await label.undo.click();
  expect(await label.classAt(0.55, 0.5)).toBe("dog");
  await label.redo.click();
  await label.kept();
  await label.page.reload();
  await label.shown();
  expect(await label.classAt(0.55, 0.5)).toBe("undecided");
  expect(await label.classAt(0.45, 0.5)).toBe("dog");
  await expect(label.page.getByRole("radio", {name: "dog"})).toBeChecked();
});

test("keys choose, go and draw", async () => {
  const {page, surface} = label;
  await label.addClass("grass");
  await surface.click({position: {x: 200, y: 40}, trial: true});
  await surface.focus();
  await page.mouse.move(...(await label.at(0.3, 0.2)));
  await page.keyboard.press("b");
  await page.keyboard.down(" ");
  for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.up(" ");
  await expect(label.readout).toHaveText(/: grass$/);
  expect(await label.classAt(0.31, 0.2)).toBe("grass");
  await page.keyboard.press("Control+z");
  expect(await label.classAt(0.31, 0.2)).toBe("undecided");
  await page.keyboard.press("1");
  await expect(page.getByRole("radio", {name: "background"})).toBeChecked();
});
