import {describe, expect, it, vi} from "vitest";
import {kernelEditor} from "../../../src/components/fields/kernel-editor.js";

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

describe("the kernel editor", () => {
  it("reports nine numbers, and nothing while one is none", () => {
    const onChange = vi.fn();
    const view = kernelEditor({label: "Kernel", size: 3, limit: 9, onChange});
    view.show([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const input = named(view, "Kernel, row 2, column 3") as HTMLInputElement;
    expect(input.value).toBe("6");
    input.value = "";
    input.dispatchEvent(new Event("input"));
    expect(onChange).not.toHaveBeenCalled();
    input.value = "-0.5";
    input.dispatchEvent(new Event("input"));
    expect(onChange).toHaveBeenCalledWith([1, 2, 3, 4, 5, -0.5, 7, 8, 9]);
    input.value = "99";
    input.dispatchEvent(new Event("input"));
    expect(onChange).toHaveBeenLastCalledWith([1, 2, 3, 4, 5, 9, 7, 8, 9]);
    input.value = "";
    input.dispatchEvent(new Event("blur"));
    expect(input.value).toBe("6");
  });
});
