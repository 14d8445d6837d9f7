import {expect, it} from "vitest";
import {numbersField} from "../../../src/components/fields/numbers-field.js";

const parse = (text: string) => (/^\d+,\d+$/.test(text) ? text.split(",").map(Number) : undefined);

it("takes a list however it is separated, nothing for none, and says what is wrong with any other", () => {
  const said: (readonly number[])[] = [];
  const field = numbersField({label: "Numbers", value: [1, 2], wrong: "Write two.", parse, onChange: (list) => said.push(list)});
  const input = field.querySelector("input")!;
  const write = (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event("change"));
  };
  expect(input.value).toBe("1, 2");
  write(" 3;  4 ");
  write("");
  expect(said).toEqual([[3, 4], []]);
  write("3");
  expect(said).toHaveLength(2);
  expect([field.textContent, input.getAttribute("aria-invalid"), input.value]).toEqual(["NumbersWrite two.", "true", "3"]);
  write("5 6");
  expect([said.at(-1), input.getAttribute("aria-invalid"), field.textContent]).toEqual([[5, 6], "false", "Numbers"]);
});

it("explains what holds while it is empty, and cannot be changed where nothing could", () => {
  const field = numbersField({label: "Numbers", value: [], wrong: "", parse, onChange() {}});
  const input = field.querySelector("input")!;
  field.explain("Its own: 6, 12.", "6, 12");
  expect([input.placeholder, input.disabled, field.textContent]).toEqual(["6, 12", false, "NumbersIts own: 6, 12."]);
  field.explain("It has none.", null);
  expect([input.disabled, field.textContent]).toEqual([true, "NumbersIt has none."]);
});
