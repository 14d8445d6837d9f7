import {expect, it} from "vitest";
import {resultList} from "../../../src/components/results/result-list.js";

const nothing = () => {};

it("is not there before it is known what is kept, nor where nothing is", () => {
  const list = resultList({onShow: nothing, onDelete: nothing});
  expect(list.hidden).toBe(true);
  list.update([{key: "a", title: "nano", facts: "44 photos", isShown: false}]);
  expect(list.hidden).toBe(false);
  expect(list.textContent).toContain("Kept in this browser: 1 result");
  list.update([]);
  expect(list.hidden).toBe(true);
});
