import {html} from "htl";
import {nextId} from "../../../components/fields/fields.js";
import {layerStack, pixelText} from "../../../components/network/layer-stack.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {voice} from "../../../components/page/voice.js";
import {readouts} from "../../../components/tables/readouts.js";
import {countInWords} from "../../../datasets/count-in-words.js";
import {stackFields} from "../../../engine/teaching/layer-stack.js";
import type {StackField, StackLayer, StackPadding} from "../../../engine/teaching/layer-stack.js";
import type {Lesson} from "../../../lab/lesson.js";
import {whole} from "../../../lab/quantities.js";
import {codeUnder} from "../code-under.js";
import {STACK_ATTEMPTS} from "./stack-attempts.js";
import {LIMITS, MOST_LAYERS, readStack, stackProblem, stackText} from "./stack-text.js";
import {STACKS, stackOf} from "./state.js";
import type {AtrousTable} from "./state.js";

/** Any stack of layers, as the reader writes it, and what each of its layers sees of the input. */
export function stackFigure(page: Lesson<AtrousTable>): HTMLElement {
  const {store} = page;
  const stack = layerStack({
    limits: LIMITS,
    most: MOST_LAYERS,
    onChange(layers) {
      const wrong = stackProblem(layers);
      if (wrong === null) store.set({stack: layers});
      return wrong;
    }
  });
  const short = shortForm((layers) => store.set({stack: layers}));
  const totals = readouts(["Sees along a side", "Total stride", "First cell begins at", "Never read"]);
  const verdict = html`<p class="look" role="group" aria-label="What the stack sees"></p>`;
  const said = voice();
  let isFirst = true;

  page.follow(["stack", "stackPadding"], ({stack: layers, stackPadding}) => {
    const fields = stackFields(layers, stackPadding);
    const last = fields.at(-1)!;
    stack.update(layers.map((layer, index) => ({...layer, ...fields[index]!})));
    short.show(layers);
    totals.update({
      "Sees along a side": countInWords(last.extent, "pixel"),
      "Total stride": countInWords(last.jump, "pixel"),
      "First cell begins at": pixelText(last.start),
      "Never read": last.holes === 0 ? "no pixel" : `${whole(last.holes)} of ${whole(last.extent)}`
    });
    verdict.textContent = typeset(inWords(last, stackPadding));
    // What stands as the page opens is there to be read.
    if (!isFirst) said.say(verdict.textContent!);
    isFirst = false;
  });

  const preset = (label: string, text: string, look: string) => ({label, look, state: {stack: stackOf(text)}});
  const presets = page.presets([
    preset(
      "VGG's first stage",
      STACKS.vggStage,
      "Two layers of 3 × 3 and a pooling of 2 × 2, which sees as a layer of its size and stride."
    ),
    preset(
      "All of VGG-16",
      STACKS.vgg,
      "Thirteen layers and five poolings, no rate above 1: the strides alone make the later layers see far."
    ),
    preset(
      "MobileNetV2's start",
      STACKS.mobileNetStart,
      "To stride 4, where the decoder takes its skip. Layers of 1 × 1 are left out: they widen nothing."
    ),
    preset(
      "DeepLab's atrous end",
      STACKS.atrousEnd,
      "The backbone's last three layers at output stride 16 and ASPP's widest branch, on the map that they read. All rates are even: every other cell is a hole."
    ),
    preset(
      "From the photo to there",
      STACKS.wholeWay,
      "All layers of MobileNetV2 before that end. What was a cell there is a square of pixels here, wider than a step: no hole is left."
    )
  ]);

  return figureBlock({
    title: "Any stack of layers",
    code: codeUnder(store, (codes) => codes.atrous.stack),
    controls: [short.element, page.choice("stackPadding", "Padding of each layer", {fixed: "half its reach", valid: "none"}), presets],
    body: [stack, said],
    more: html`<div class="figure-columns" style="--column:26rem"><div>${totals}${verdict}</div>${page.tryThis(STACK_ATTEMPTS, "stacks")}</div>`,
    caption:
      "Each row shows, along one side, the pixels that the first cell behind that layer reads, and under them those of its neighbour: full colour is read, pale is left out. Left of pixel 0 is padding."
  });
}

/** The stack as one line of text, which the address has too. */
function shortForm(onChange: (layers: readonly StackLayer[]) => void): {
  readonly element: HTMLElement;
  show(layers: readonly StackLayer[]): void;
} {
  const id = nextId("note");
  const input =
    html`<input type="text" autocomplete="off" spellcheck="false" autocapitalize="off" aria-describedby=${id} onchange=${read} />` as HTMLInputElement;
  const note = html`<span class="hint" id=${id} aria-live="polite"></span>` as HTMLElement;
  const say = (wrong: string | null) => {
    input.setAttribute("aria-invalid", String(wrong !== null));
    note.textContent = wrong ?? "Kernel, s and stride, r and rate; commas between layers.";
  };
  function read(): void {
    const found = readStack(input.value);
    say(typeof found === "string" ? found : null);
    if (typeof found !== "string") onChange(found);
  }
  return {
    element:
      html`<div class="field wide stack-short"><label><span class="field-name">The stack in short</span>${input}</label>${note}</div>` as HTMLElement,
    show(layers) {
      input.value = stackText(layers);
      say(null);
    }
  };
}

function inWords({extent, jump, start, holes}: StackField, padding: StackPadding): string {
  const square = (side: number) => `${whole(side)} × ${whole(side)}`;
  const holed =
    holes === 0
      ? "reads every one"
      : `reads ${square(extent - holes)} of them and leaves ${whole(extent ** 2 - (extent - holes) ** 2)} out`;
  const first =
    padding === "valid"
      ? "The first cell begins at pixel 0"
      : `The first cell's field begins ${start === 0 ? "at pixel 0" : `${countInWords(-start, "pixel")} before pixel 0`}`;
  return `A cell behind the stack sees ${square(extent)} pixels and ${holed}. ${first}; its neighbour's lies ${countInWords(jump, "pixel")} on.`;
}
