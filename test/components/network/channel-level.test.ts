import {beforeAll, expect, it} from "vitest";
import {channelStatistics} from "../../../src/engine/readings/channel-statistics.js";
import {channelLevel} from "../../../src/pages/lessons/network/channel-level.js";
import type {Opened} from "../../../src/pages/lessons/network/opened.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const MAPS = {height: 3, width: 3, channels: 1, values: Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8])};
const OPENED = {
  reading: {...MAPS, statistics: channelStatistics(MAPS)},
  step: {name: "aspp/projection"},
  nameOf: String
} as unknown as Opened;

it("the reader's keys go on from where they are, though what stood before is shown once more; another place or layer is gone to", () => {
  const chosen: object[] = [];
  const level = channelLevel({onCell: (cell) => chosen.push(cell)});
  const read = (name: string) => level.element.querySelector(`[aria-label="${name}"]`)!.textContent;
  const press = (key: string) =>
    level.element.querySelector(".cell-map-inner")!.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const at = {row: 0, column: 0, channel: 0};
  level.show(OPENED, at);
  press("ArrowRight");
  press("ArrowDown");
  level.show({...OPENED}, {...at});
  expect([read("Row"), read("Column"), read("Value")]).toEqual(["1", "1", "4.00000"]);
  press("Enter");
  expect(chosen).toMatchObject([{row: 1, column: 1}]);
  level.show(OPENED, {...at, row: 2});
  expect([read("Row"), read("Column")]).toEqual(["2", "0"]);
  press("ArrowRight");
  level.show({...OPENED, reading: {...OPENED.reading}}, {...at, row: 2});
  expect([read("Row"), read("Column")]).toEqual(["2", "0"]);
});
