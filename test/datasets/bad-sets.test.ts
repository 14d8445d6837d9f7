import {expect, it} from "vitest";
import {photoSize} from "../../scripts/evaluate/photo.js";
import {checkUp} from "../../src/datasets/check-up.js";
import {maskOf} from "../../src/datasets/dataset.js";
import type {Dataset} from "../../src/datasets/dataset.js";
import type {Expected} from "../../src/datasets/finding.js";
import {mendedDataset} from "../../src/datasets/mended.js";
import {openDataset} from "../../src/datasets/open.js";
import {BAD_SETS, wholeSet} from "./bad-sets.js";
import {treeOf} from "./trees.js";

/*
 * Data sets that are wrong in one way each. The right sentence comes first; its mend makes a data set of which that is not said again,
 * with every photo that is not said to be left out, byte for byte; and the files stay as they were.
 */

async function checked(dataset: Dataset, expected: Expected = {}) {
  const name = dataset.splits[0]!;
  const split = await dataset.read(name);
  return {split, name, findings: (await checkUp(dataset, split, expected, {photoSize, withOthers: true})).findings};
}

it.each(Object.entries(BAD_SETS))("%s", async (_, {files: changed, expected, says, mend, becomes, left}) => {
  const files = wholeSet(changed);
  const before = structuredClone(files);
  const dataset = await openDataset(treeOf(files));
  const {split, name, findings} = await checked(dataset, expected);
  expect(findings[0]!.sentence).toContain(says);
  expect(findings[0]!.mend?.label ?? null).toBe(mend);
  if (!findings[0]!.mend) return;

  const mended = mendedDataset(dataset, [{split: name, mend: findings[0]!.mend.apply}], photoSize);
  const after = await checked(mended, expected);
  expect(after.findings.map(({sentence}) => sentence)).not.toContain(findings[0]!.sentence);
  expect(after.split.items.map(({id}) => id)).toEqual(left ?? split.items.map(({id}) => id));
  const masks = await Promise.all(after.split.items.map(maskOf));
  if (becomes) expect([...masks[0]!.ids.subarray(0, masks[0]!.width)]).toEqual(becomes);
  for (const {id, photo} of after.split.items) {
    expect(await photo.bytes()).toEqual(await split.items.find((item) => item.id === id)!.photo.bytes());
  }
  expect(files).toEqual(before);
});

it("these are at least thirty", () => expect(Object.keys(BAD_SETS).length).toBeGreaterThanOrEqual(30));
