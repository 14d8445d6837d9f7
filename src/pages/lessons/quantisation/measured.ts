/** The runs of data/models/*-quantisation.json by their names, and what they mean, in the order in which they are told. */
export const MEASURED_FORMATS: Readonly<Record<string, string>> = {
  "As trained": "32-bit floats",
  float16: "16-bit floats",
  "int8-per-channel": "8 bits, a scale per channel, symmetric",
  "int8-per-tensor": "8 bits, a scale per tensor, symmetric",
  "uint8-per-tensor": "8 bits, a scale per tensor, with a zero point",
  "minmax8-per-tensor": "8 bits, a scale per tensor, smallest to largest"
};
