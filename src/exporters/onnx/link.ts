import type {WrittenAttribute} from "../../formats/onnx-write.js";

/** A node in the chain that a step becomes. */
export interface Link {
  readonly op: string;
  /** Constants that it reads after what it is given: the step's inputs, or what the link before it gave. */
  readonly reads?: readonly string[];
  readonly attributes?: readonly WrittenAttribute[];
}
