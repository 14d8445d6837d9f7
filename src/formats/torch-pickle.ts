import type {ElementTypeName} from "./element-types.js";
import {FormatError} from "./format-error.js";
import type {PickledCall, PickleMeaning} from "./pickle.js";
import {TorchTensor} from "./torch-tensor.js";
import type {TorchStorage} from "./torch-tensor.js";

/** What may stand in a pickle of PyTorch's: tensors, dictionaries, numbers. */

/** The kind of a storage, which is named and never called. */
class StorageType {
  constructor(readonly type: ElementTypeName) {}
}

/** A value of no use here, such as a score as a number of NumPy's. */
const UNREAD = Symbol("unread");

const STORAGES: Readonly<Record<string, ElementTypeName>> = {
  Double: "F64",
  Float: "F32",
  Half: "F16",
  BFloat16: "BF16",
  Long: "I64",
  Int: "I32",
  Short: "I16",
  Char: "I8",
  Byte: "U8",
  Bool: "BOOL"
};

const tensor: PickledCall = ([storage, offset, sides, strides]) => {
  if (!isStorage(storage)) throw new FormatError("The file is damaged: a tensor has no storage.");
  return new TorchTensor(storage, offset, sides, strides);
};

const first: PickledCall = ([value]) => value;
const unread: PickledCall = () => UNREAD;

/** More entries than all dictionaries that are made of lists have: one list may be made into many. */
const MOST_PAIRS = 200_000;

function orderedDictionary(): PickledCall {
  let left = MOST_PAIRS;
  return ([pairs]) => {
    if (!Array.isArray(pairs)) return new Map();
    left -= pairs.length;
    if (left < 0) throw new FormatError(`The file is damaged: its dictionaries are made of more than ${MOST_PAIRS} entries.`);
    return new Map(pairs.filter((pair): pair is [unknown, unknown] => Array.isArray(pair) && pair.length === 2));
  };
}

const NAMES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["torch._utils._rebuild_tensor_v2", tensor],
  ["torch._utils._rebuild_tensor", tensor],
  ["torch._utils._rebuild_parameter", first],
  ["torch.Size", first],
  // A score beside the weights is often a number of NumPy's.
  ["numpy.core.multiarray.scalar", unread],
  ["numpy._core.multiarray.scalar", unread],
  ["numpy.dtype", unread],
  ["_codecs.encode", unread],
  ...Object.entries(STORAGES).map(([name, type]) => [`torch.${name}Storage`, new StorageType(type)] as const)
]);

/** What a pickle of PyTorch's means, with the storages that it names so far. */
export interface TorchPickle extends PickleMeaning {
  /** By their keys. */
  readonly storages: ReadonlyMap<string, TorchStorage>;
}

export function torchPickle(): TorchPickle {
  const storages = new Map<string, TorchStorage>();
  const ordered = orderedDictionary();
  return {
    storages,
    named(name) {
      if (name === "collections.OrderedDict") return ordered;
      if (!NAMES.has(name)) {
        throw new FormatError(
          `The file asks Python for "${name.slice(0, 100)}", and only tensors are read, never code. Save the weights alone, with torch.save(model.state_dict(), "weights.pth").`
        );
      }
      return NAMES.get(name);
    },
    persistent(id) {
      if (!Array.isArray(id)) throw new FormatError("The file is damaged: a storage is not described.");
      const [what, kind, key, , elements, view] = id as unknown[];
      if (what !== "storage" || !(kind instanceof StorageType) || typeof key !== "string" || !isCount(elements)) {
        throw new FormatError("The file is damaged: a storage is not described by its type, name and size.");
      }
      if (Array.isArray(view)) throw new FormatError("The file was saved by a PyTorch from before 0.4; save it again with a later one.");
      const known = storages.get(key);
      if (known && (known.type !== kind.type || known.elements !== elements)) {
        throw new FormatError(`The file is damaged: the storage "${key}" is described in two ways.`);
      }
      const storage = known ?? {key, type: kind.type, elements};
      storages.set(key, storage);
      return storage;
    }
  };
}

function isStorage(value: unknown): value is TorchStorage {
  return typeof value === "object" && value !== null && "elements" in value && "type" in value && "key" in value;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
