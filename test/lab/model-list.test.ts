import {expect, it} from "vitest";
import {labelsFor} from "../../data/labels/index.js";
import type {ListedModel} from "../../src/lab/model-list.js";

const {knowsPeopleAlone, peopleFirst} = await import("../../src/lab/model-list.js");
const {webcamTable} = await import("../../src/pages/webcam/state.js");

const listed = (id: string, classes: number): ListedModel => ({
  id,
  title: id,
  bytes: 1,
  license: "",
  source: "",
  measured: "",
  ...labelsFor(classes),
  backbone: "",
  head: "",
  hasDecoder: false,
  lacks: "",
  multiplyAdds: 1,
  parameters: 1
});
const [best, nano, people, mine] = [listed("best", 21), listed("nano", 21), listed("people", 2), listed("mine", 2)];

it("the webcam starts with what knows people alone, where it is there, and else with what every page starts with", () => {
  const initial = (models: ListedModel[]) => webcamTable(peopleFirst(models).map(({id}) => id)).model.initial;
  expect(initial([best, nano, people])).toBe("people");
  expect(initial([best, nano])).toBe("best");
  expect(initial([nano])).toBe("nano");
});

it("keeps the order otherwise", () => {
  expect(peopleFirst([best, nano, people, mine]).map(({id}) => id)).toEqual(["people", "mine", "best", "nano"]);
});

it("knows people alone by the classes' names, not by how many they are", () => {
  expect(knowsPeopleAlone(people)).toBe(true);
  expect(knowsPeopleAlone({...people, classes: ["background", "crack"]})).toBe(false);
  expect(knowsPeopleAlone(nano)).toBe(false);
});
