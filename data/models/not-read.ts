/** Models of the DeepLab family that are not imported, and why. */
export interface NotRead {
  readonly name: string;
  /** What it is, and where it comes from. */
  readonly what: string;
  readonly why: string;
}

export const NOT_READ: readonly NotRead[] = [
  {
    name: "PNASNet",
    what: "A backbone whose cells were found by search (Liu et al. 2018); DeepLab's release can be built on it.",
    why: "Its cells join separable convolutions up to 7 × 7 and poolings of two earlier cells. The description of networks here has no such unit, so the files are refused."
  },
  {
    name: "Auto-DeepLab",
    what: "A network whose cells and whose way through the resolutions were both found by search (Liu et al. 2019), trained on Cityscapes.",
    why: "Its maps become smaller and larger again on their way, where every backbone here only becomes smaller: output stride and rates would mean something else."
  },
  {
    name: "EdgeTPU models",
    what: "Files that are compiled for Coral's chip (their names end in _edgetpu.tflite), and EdgeTPU-DeepLab, whose backbone was made for that chip.",
    why: "In a compiled file the layers are one operation that only the chip can read. Where the same model was released without _edgetpu, that file can be read if its backbone is one of those named above; EdgeTPU-DeepLab's is not."
  }
];
