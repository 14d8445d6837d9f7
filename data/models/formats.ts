/** The formats that models are imported from, as sentences name their files. Who reads them is `src/importers/convert.ts`. */
export const MODEL_FORMATS = [
  {id: "safetensors", title: "This project's model file", files: ".safetensors"},
  {id: "hugging-face", title: "Hugging Face, or a state dict as safetensors", files: "model.safetensors with its config.json"},
  {id: "pytorch", title: "PyTorch state dict", files: ".pth or .pt"},
  {id: "onnx", title: "ONNX", files: ".onnx"},
  {id: "tflite", title: "TensorFlow Lite", files: ".tflite"},
  {id: "layers-model", title: "TensorFlow.js layers model (Keras)", files: "model.json with its shards"},
  {id: "graph-model", title: "TensorFlow.js graph model", files: "model.json with its shards"},
  {id: "mace", title: "MACE", files: ".pb with its .data"},
  {id: "graphdef", title: "Frozen TensorFlow graph", files: "frozen_inference_graph.pb"},
  {id: "checkpoint", title: "TensorFlow checkpoint", files: ".index with its .data"},
  {id: "archive", title: "An archive around one of these", files: ".tar.gz or .zip"}
] as const;

export type ModelFormatId = (typeof MODEL_FORMATS)[number]["id"];
