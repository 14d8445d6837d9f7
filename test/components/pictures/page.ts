import {errorNote} from "../../../src/components/page/error-note.js";
import {figureBlock} from "../../../src/components/page/figure-block.js";
import {figureCode} from "../../../src/components/page/figure-code.js";
import {figureFrom} from "../../../src/components/page/figure-from.js";
import {formula} from "../../../src/components/page/formula.js";
import {lessonMap} from "../../../src/components/page/lesson-map.js";
import {glossaryList} from "../../../src/components/page/glossary-list.js";
import {questionNote} from "../../../src/components/page/question.js";
import {showThis} from "../../../src/components/page/show-this.js";
import {sourceList} from "../../../src/components/page/sources.js";
import {statusLine} from "../../../src/components/page/status-line.js";
import {described} from "../../../src/components/page/described.js";
import {reportCopy} from "../../../src/components/page/report-copy.js";
import {voice} from "../../../src/components/page/voice.js";
import {switchField} from "../../../src/components/fields/fields.js";
import {nothing, shown} from "./some.js";

export const page = {
  described: () =>
    shown(described(document.createElement("canvas"), "Arrow keys move the cross-hair."), (view) =>
      view.update("dog, 30.1 % of the picture, in the middle.")
    ),

  "report-copy": () => reportCopy(() => Promise.resolve("Browser: …")),

  voice: () => voice(),

  "error-note": () => shown(errorNote(), (view) => view.update("This file is no image. Open a JPEG, PNG or WebP.")),

  "figure-block": () =>
    figureBlock({
      title: "The same kernel, further apart",
      controls: [switchField({label: "Mirror", value: false, onChange: nothing})],
      body: document.createTextNode("what is drawn"),
      caption: "Move the slider; the taps leave the map."
    }),

  formula: () => formula("r = 2^k", {display: true}),

  "lesson-map": () =>
    lessonMap([
      {path: "/", href: "./", name: "One", about: "first", visited: true, here: false},
      {path: "/atrous", href: "./two", name: "Two", about: "second", visited: true, here: true},
      {path: "/none", href: "./three", name: "Three", about: "third", visited: false, here: false}
    ]),

  question: () =>
    shown(questionNote("A large run"), (view) =>
      view.ask({
        words: "This run takes 54.0 G multiply-adds.",
        answers: [
          {label: "Run it", onChoose: nothing},
          {label: "Run at 321 pixels", onChoose: nothing}
        ]
      })
    ),

  "figure-code": () =>
    shown(figureCode({figure: "The cliff", onOpen: nothing}), (view) => {
      view.open = true;
      view.update(
        [
          {language: "Notebook", text: "const rate = 4;"},
          {language: "PyTorch", text: "rate = 4"}
        ],
        "./notebook.html"
      );
    }),

  "glossary-list": () =>
    glossaryList([
      {id: "term-rate", term: "rate", text: "How many cells taps are apart.", lesson: {name: "Atrous convolution", href: "./atrous.html"}}
    ]),

  "show-this": () => showThis("at rate 18", nothing),

  "figure-from": () =>
    figureFrom({
      source: {authors: "Chen et al.", title: "Encoder-decoder", where: "ECCV 2018", url: "https://example.org/abs/1"},
      place: "table 3"
    }),

  sources: () => sourceList([{authors: "Chen et al.", title: "Encoder-decoder", where: "ECCV 2018", url: "https://example.org/"}]),

  "status-line": () => shown(statusLine(), (view) => view.update("Segmenting", 0.25, "57 of 233 steps"))
};
