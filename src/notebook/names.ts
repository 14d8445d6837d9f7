/** What the page tells of a name that cells have in scope: while one is typed, and in a list. A test compares it with what there is. */
export interface NameInScope {
  readonly name: string;
  /** As it is written, with what it takes; the name alone for what is no function. */
  readonly call: string;
  readonly text: string;
  /** What it has inside, where that is told. */
  readonly members?: readonly NameInScope[];
}

const SETTING = "size (long side of the network's input, 513), outputStride (16) and rates";

const member = (name: string, call: string, text: string): NameInScope => ({name, call: `${name}(${call})`, text});

export const NAMES_IN_SCOPE: readonly NameInScope[] = [
  {
    name: "photo",
    call: "await photo(id?)",
    text: 'The photo that is chosen above, or a sample by its id: "dog", "cat", "musicians", "cows", "horses", "astronaut"; "own" is your own. Has width, height and rgba.'
  },
  {
    name: "model",
    call: "await model(id?)",
    text: 'A model by its id, e.g. "nano"; without one the best on this site. Has network, weights and card.'
  },
  {
    name: "run",
    call: "await run(model, photo, options?)",
    text: `What a network says of a photo: mask, logits (before softmax), covered (the photo's share of these), taps and plan. Options: ${SETTING}; taps, a list of end points; replaced, as below; scales and flip, to average over.`
  },
  {
    name: "crf",
    call: "await crf(run, photo, options?)",
    text: "The mask of a run after a fully connected CRF, as v1 and v2 had behind the network. Options: iterations (10), bilateral (weight, position, colour), smoothness (weight, position), longestSide (500)."
  },
  {
    name: "tap",
    call: "await tap(model, photo, endPoint, options?)",
    text: `The activation at one end point, a tensor [1, height, width, channels]. Options: ${SETTING}.`
  },
  {
    name: "replaced",
    call: "await replaced(model, photo, {endPoint: value}, options?)",
    text: 'A run in which something takes the place of end points: "zero", a tensor of the same shape, or another photo, for what the network makes of that there.'
  },
  {
    name: "gradient",
    call: "await gradient(model, photo, {channel, x, y, of, without, ...options})",
    text: `How each value of the input moves one value of an end point (of, the logits by default), at a pixel of the photo (its middle by default): a tensor [1, height, width, 3]. Options: ${SETTING}.`
  },
  {
    name: "evaluate",
    call: "evaluate(mask, truth)",
    text: "Pixel accuracy, mean accuracy, mean IoU and frequency-weighted IoU of one mask against another, and IoU by class."
  },
  {
    name: "plan",
    call: "plan(modelOrNetwork, {photo, size, height, width, outputStride, rates})",
    text: "The steps of a run: name, kind, shape, rate and cost of each; ASPP's branches; the decoder's skips."
  },
  {name: "cost", call: "cost(plan)", text: "Multiply-adds, parameters and bytes of a plan."},
  {
    name: "receptiveField",
    call: "receptiveField(plan, endPoint)",
    text: "What one cell of an end point can see: extent in pixels, and the jump from one cell to the next."
  },
  {
    name: "squareHolding",
    call: "await squareHolding(strength, {row, column}, share)",
    text: "Side of the smallest square around a pixel that holds a share of a map's sum, e.g. of a gradient's size: the effective receptive field in pixels."
  },
  {
    name: "input",
    call: "input(photo, {size})",
    text: "The network's input from a photo: a tensor [1, height, width, 3] with values from -1 to 1."
  },
  {
    name: "network",
    call: "network({backbone, head, classes, padding})",
    text: "A network of your own from its description. 21 classes by default."
  },
  {name: "untrained", call: "untrained(network, {seed})", text: "A model with random weights."},
  {name: "mobileNetV2", call: "mobileNetV2({width})", text: "The backbone MobileNetV2 at a width multiplier."},
  {name: "resNetV1", call: "resNetV1({depth, width, multiGrid})", text: "The backbone ResNet, as first published; depth 50 or 101."},
  {name: "resNetV2", call: "resNetV2({depth, width, multiGrid})", text: "The backbone ResNet with activations before its convolutions."},
  {name: "xception", call: "xception({depth, width})", text: "The backbone Xception as DeepLab v3+ changed it; depth 41, 65 or 71."},
  {name: "v3Head", call: "v3Head({rates, separable})", text: "The head of DeepLab v3: ASPP and logits."},
  {
    name: "v3PlusHead",
    call: "v3PlusHead(backbone, {rates, separable})",
    text: "The head of DeepLab v3+: ASPP, the decoder on a skip at stride 4, and logits."
  },
  {
    name: "show",
    call: "show",
    text: "Views of values. A tensor, a mask or a photo that is a cell's value is shown by itself.",
    members: [
      member(
        "map",
        "tensor, {label, channel, colours, numbers}",
        'One channel as colours, by default the mean size of all; colours: "diverging" for values with a sign; numbers: true writes them into small maps.'
      ),
      member("maps", "tensor, {label, from, count}", "Channels side by side, on one scale."),
      member("mask", "mask, {photo, opacity}", "A mask in its colours, over a photo if one is given, and what the colours mean."),
      member("bars", "values, {label, unit}", "Numbers by name as bars: an object, a Map or a list of {name, value}."),
      member("table", "rows", "A list of objects as a table.")
    ]
  },
  {name: "svg", call: "svg`<svg ...>`", text: "A drawing, as a template in which lists are joined. It can be saved as SVG."},
  {
    name: "Inputs",
    call: "Inputs",
    text: "What a reader can set, for view: const rate = view(Inputs.range([1, 24], {step: 1})). By the names and options of Observable Inputs.",
    members: [
      member("range", "[least, most], {label, step, value}", "A number."),
      member("select", "options, {label, value, format}", "One of a list."),
      member("radio", "options, {label, value, format}", "One of a few, side by side."),
      member("toggle", "{label, value}", "True or false."),
      member("text", "{label, value}", "A text.")
    ]
  },
  {
    name: "display",
    call: "display(value)",
    text: "Shows a value under the cell, and gives it back. A cell that displays something shows nothing else."
  },
  {name: "view", call: "view(input)", text: "Shows an input under the cell and gives its value; who uses that runs again when it is set."},
  {
    name: "tf",
    call: "tf",
    text: 'The operations of TensorFlow.js, e.g. tf.conv2d(x, kernel, 1, "same"). Tensors that a cell does not name are freed when it ends.'
  },
  {name: "d3", call: "d3", text: "D3: scales, shapes, statistics. There is no document here: build drawings with svg."}
];
