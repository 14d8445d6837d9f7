import {dataTable} from "../../../src/components/notebook/data-table.js";
import {readerInput} from "../../../src/components/notebook/reader-input.js";
import {valueTree} from "../../../src/components/notebook/value-tree.js";
import {beside, nothing} from "./some.js";

export const notebook = {
  "data-table": () =>
    dataTable({
      columns: ["name", "pixels"],
      rows: [
        ["dog", "12"],
        ["cat", ""]
      ],
      of: 3
    }),

  "reader-input": () =>
    beside(
      readerInput({type: "range", label: "Rate", min: 0.1, max: 1, step: 0.3, value: 0.4}, nothing),
      readerInput({type: "select", label: "Model", options: ["nano", "people"], value: 1}, nothing),
      readerInput({type: "radio", label: "", options: ["zero", "none"], value: 0}, nothing),
      readerInput({type: "toggle", label: "Mirror", value: true}, nothing),
      readerInput({type: "text", label: "Title", value: "A figure"}, nothing)
    ),

  "value-tree": () => {
    const inner = {text: "list of 2", entries: [{name: "0", value: {text: "1"}}], more: 1};
    const tree = valueTree({
      text: "{a, b}",
      entries: [
        {name: "a", value: {text: '"text"'}},
        {name: "b", value: inner}
      ]
    }) as HTMLDetailsElement;
    tree.dispatchEvent(new Event("toggle"));
    return beside(tree, valueTree({text: "3"}));
  }
};
