/** A word of the field, for readers who meet it first in a lesson. */
export interface GlossaryEntry {
  /** As a list has it; it is the word that is looked for in prose, too. */
  readonly term: string;
  /** Other forms in which prose has it, each a whole word or several. */
  readonly forms?: readonly string[];
  /** What it is, in two short sentences. */
  readonly text: string;
  /** The lesson that shows it: its path, with the section where there is one. */
  readonly lesson: string;
  /** Lessons in which the word means something else. */
  readonly not?: readonly string[];
}

/** In the order of the alphabet. */
export const GLOSSARY: readonly GlossaryEntry[] = [
  {
    term: "ASPP",
    text: "Atrous spatial pyramid pooling: several branches that read one map with different rates, and one beside them for the whole photo. A last convolution mixes what they say.",
    lesson: "/aspp"
  },
  {
    term: "atrous convolution",
    forms: ["atrous convolutions"],
    text: "A convolution whose taps are some cells apart. It reaches further with the same weights.",
    lesson: "/atrous"
  },
  {
    term: "backbone",
    forms: ["backbones"],
    text: "The first and largest part of a network, which turns a photo into features. It is taken from a classifier.",
    lesson: "/network"
  },
  {
    term: "batch",
    forms: ["batches"],
    text: "The photos that one step of learning looks at together. The step follows the mean of what they ask for.",
    lesson: "/learning"
  },
  {
    term: "batch norm",
    forms: ["batch norms", "batch normalisation"],
    text: "A step that brings each channel to a usual mean and spread, then scales and shifts it by numbers that are learnt. After training it is a product and a sum.",
    lesson: "/learning#why-small-batches-freeze-their-batch-norm"
  },
  {
    term: "bilinear",
    forms: ["bilinearly"],
    text: "Enlarged so that a new cell is a mean of the four old ones around it, by how near they are. Nothing new comes in, and edges become soft.",
    lesson: "/decoder"
  },
  {
    term: "cell",
    forms: ["cells"],
    text: "One place of a map. Of a photo it is a pixel; on a smaller map it stands for many pixels.",
    lesson: "/output-stride"
  },
  {
    term: "channel",
    forms: ["channels"],
    text: "One plane of a map: one number for each cell. A photo has three, a layer of a network has tens or hundreds.",
    lesson: "/separable"
  },
  {
    term: "classifier",
    forms: ["classifiers"],
    text: "A network that says what a photo shows: one name for all of it. A backbone is one without its last layers.",
    lesson: "/output-stride"
  },
  {
    term: "concatenation",
    forms: ["concatenated", "concatenates"],
    text: "Maps of one size laid behind each other, so that the next layer reads the channels of all. Nothing is added up.",
    lesson: "/decoder"
  },
  {
    term: "convolution",
    forms: ["convolutions"],
    text: "A layer that slides kernels over a map: at each place it multiplies what lies under them with their weights and adds up. Most layers of a network here are convolutions.",
    lesson: "/atrous"
  },
  {
    term: "CRF",
    text: "A conditional random field: a step after the network in which pixels that are near and of like colour pull each other to one class. DeepLab v1 and v2 ended with one.",
    lesson: "/network#how-four-papers-built-it"
  },
  {
    term: "decoder",
    text: "The part of DeepLab v3+ behind ASPP. It joins fine features of an early layer to the coarse ones, so that edges become sharp.",
    lesson: "/decoder"
  },
  {
    term: "depthwise",
    text: "A convolution in which each channel has a kernel of its own and none is mixed with another. It looks around and is cheap.",
    lesson: "/separable"
  },
  {
    term: "encoder",
    text: "Everything before the decoder: backbone and ASPP. It knows what is in a photo, and roughly where.",
    lesson: "/decoder"
  },
  {
    term: "feature map",
    forms: ["feature maps", "features", "maps", "map"],
    text: "What a layer gives: for each cell some numbers that say what is there. Early layers tell edges and colours, late ones parts of things.",
    lesson: "/network"
  },
  {
    term: "filters",
    forms: ["filter"],
    text: "The kernels that make one channel of a layer's output are a filter. A layer with 256 filters gives 256 channels.",
    lesson: "/aspp"
  },
  {
    term: "gradient",
    text: "For each number that went in, how much the result would rise if that number rose a little. Learning goes a small step against the gradient of the loss.",
    lesson: "/learning"
  },
  {
    term: "image pooling",
    forms: ["image-level pooling"],
    text: "The mean of the features over the whole photo, given to every cell. It tells what the photo shows, and nothing of where.",
    lesson: "/aspp#why-pooling-sits-among-convolutions"
  },
  {
    term: "kernel",
    forms: ["kernels"],
    text: "The small table of weights that a convolution slides over a map. At each place what lies under it is multiplied with it and added up.",
    lesson: "/atrous"
  },
  {
    term: "learning rate",
    text: "How far a step of learning goes against the gradient. Too small, and nothing changes; too large, and the loss rises.",
    lesson: "/learning"
  },
  {
    term: "logits",
    forms: ["logit"],
    text: "A network's scores, one for each class and cell, before they are made probabilities. The class with the highest one wins.",
    lesson: "/network"
  },
  {
    term: "loss",
    text: "One number for how wrong a network is on labelled photos. Learning makes it smaller.",
    lesson: "/learning"
  },
  {
    term: "mask",
    forms: ["masks"],
    text: "A class for each pixel of a photo, drawn in colours. It is what segmentation gives.",
    lesson: "/"
  },
  {
    term: "mIoU",
    forms: ["mean IoU"],
    text: "How well masks fit labels: of each class the pixels that both have, as a share of those that either has. Then the mean over all classes.",
    lesson: "/decoder#what-the-skip-is-worth"
  },
  {
    term: "multi-grid",
    text: "Different rates for the three layers of a network's last block. DeepLab v3 multiplies its rate by 1, 2 and 4.",
    lesson: "/residual"
  },
  {
    term: "multiply-adds",
    forms: ["multiply-add"],
    text: "Products with their sums: what a layer costs to run. A 3 × 3 kernel makes nine for each pair of channels and cell.",
    lesson: "/separable"
  },
  {
    term: "output stride",
    forms: ["output strides"],
    text: "How many times smaller than the photo the last map of the backbone is. At 16, one cell stands for 16 × 16 pixels.",
    lesson: "/output-stride"
  },
  {
    term: "padding",
    forms: ["padded"],
    text: "Zeros around a map, so that a kernel can also stand at its border. With enough of them the map keeps its size.",
    lesson: "/atrous#too-far"
  },
  {
    term: "pointwise",
    text: "A convolution with a 1 × 1 kernel: it mixes the channels of each cell and looks at no other. With a depthwise one before it, it makes a separable convolution.",
    lesson: "/separable"
  },
  {
    term: "rate",
    forms: ["rates", "atrous rate", "dilation rate"],
    text: "How many cells a kernel's taps are apart. At rate 1 they are neighbours.",
    lesson: "/atrous",
    not: ["/learning", "/quantisation"]
  },
  {
    term: "receptive field",
    forms: ["receptive fields", "field of view"],
    text: "The pixels of the photo that one cell of a layer can see. It grows with every layer, and faster with a rate or a stride.",
    lesson: "/network"
  },
  {
    term: "ReLU",
    forms: ["ReLUs", "ReLU6"],
    text: "Negative numbers become zero, all others stay. Without such a step between them, two convolutions would be no more than one.",
    lesson: "/residual"
  },
  {
    term: "residual unit",
    forms: ["residual units"],
    text: "A few layers whose output is added to their input. They only have to learn what should change.",
    lesson: "/residual"
  },
  {
    term: "separable",
    forms: ["separable convolution", "separable convolutions"],
    text: "A convolution in two steps: depthwise, then pointwise. It needs far fewer multiplications than an ordinary one.",
    lesson: "/separable"
  },
  {
    term: "skip",
    forms: ["skip connection"],
    text: "A way past some layers. What was there before them comes to what stands after them, unchanged.",
    lesson: "/decoder"
  },
  {
    term: "stride",
    forms: ["strides"],
    text: "How many cells a kernel moves on from one output to the next. At stride 2 the output has half as many cells on each side.",
    lesson: "/output-stride"
  },
  {
    term: "taps",
    forms: ["tap"],
    text: "The cells that a kernel reads at one place, one for each of its weights. A 3 × 3 kernel has nine.",
    lesson: "/atrous"
  },
  {
    term: "weights",
    forms: ["weight"],
    text: "The numbers of a network that are learnt and then stay. The photo changes, they do not.",
    lesson: "/separable"
  }
];

/** The id of a word's note, and of its place in the list of all. */
export function termId(term: string): string {
  return `term-${term.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}
