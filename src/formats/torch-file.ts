import {weightsBudget} from "./budget.js";
import {ELEMENT_TYPES} from "./element-types.js";
import {FormatError} from "./format-error.js";
import {unpickle} from "./pickle.js";
import type {NamedTensor, StateDict} from "./state-dict.js";
import {torchPickle} from "./torch-pickle.js";
import {TorchTensor} from "./torch-tensor.js";
import type {TorchStorage} from "./torch-tensor.js";
import {isZip, readStoredZip, zipEntries} from "./zip.js";

/** Where a checkpoint that holds more than weights keeps them. */
const WRAPPERS = ["model_state", "model_state_dict", "state_dict", "model", "net", "network", "module", "weights"];
/** What wrappers put before every name: DataParallel, torch.compile, Lightning. */
const PREFIX = /^(module|_orig_mod|model|net|network)\./;
const MAXIMUM_PREFIXES = 4;

/** The first number of a file from before PyTorch 1.6, behind the mark of protocol 2 and of a number of ten bytes. */
const LEGACY_MARK = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19] as const;
const LEGACY_PROTOCOL = 1001;

/** A file as it was read: what was saved, and the bytes of its storages by their keys. */
interface Loaded {
  readonly root: unknown;
  readonly data: ReadonlyMap<string, Uint8Array>;
}

/**
 * Whether a file is one that torch.save writes: a zip around a pickle, or pickles one after the other. A zip whose directory cannot be read
 * may be one, too.
 */
export function isTorchFile(file: Uint8Array): boolean {
  if (!isZip(file)) return beginsWith(file, LEGACY_MARK);
  try {
    return [...zipEntries(file).keys()].some((name) => PICKLE.test(name));
  } catch {
    return true;
  }
}

/** What torch.save's zip has its pickle in. */
const PICKLE = /^([^/]+\/)?data\.pkl$/;

/**
 * Reads the state dict of a .pth or .pt file, alone or in a checkpoint with other things; prefixes that all its names share because the
 * network was wrapped are left out. No code of the file runs. Values are decoded when they are asked for.
 *
 * @throws FormatError where it is cut off or damaged, asks for anything but tensors, or holds no state dict
 */
export function readTorchFile(file: Uint8Array): StateDict {
  if (!isZip(file) && !beginsWith(file, LEGACY_MARK))
    throw new FormatError("This is not a file of PyTorch: it is neither a zip nor begins as torch.save began before 1.6.");
  const {root, data} = isZip(file) ? fromZip(file) : fromPickles(file);
  const tensors = tensorsOf(root);
  const found = new Map<string, NamedTensor>();
  // Tensors may be views of the same few numbers.
  const budget = weightsBudget(file.length);
  for (const [name, tensor] of tensors) {
    const {shape, elements} = tensor.checked(name);
    budget.take(name, 4 * elements);
    const content = storageBytes(tensor.storage, data, name);
    found.set(name, {shape, values: () => tensor.values(name, content)});
  }
  return withoutPrefixes(found);
}

function fromZip(file: Uint8Array): Loaded {
  const entries = readStoredZip(file);
  const pickle = [...entries.keys()].find((name) => PICKLE.test(name));
  if (pickle === undefined) {
    throw new FormatError(
      `This zip is not a file of PyTorch: it has no data.pkl, but ${[...entries.keys()].slice(0, 3).join(", ") || "nothing"}.`
    );
  }
  const folder = pickle.slice(0, -"data.pkl".length);
  const order = entries.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order) !== "little")
    throw new FormatError("The file was saved on a big-endian machine, which is not read.");
  const {value: root} = unpickle(entries.get(pickle)!, torchPickle());
  const start = `${folder}data/`;
  const data = [...entries].flatMap(([name, bytes]) => (name.startsWith(start) ? [[name.slice(start.length), bytes] as const] : []));
  return {root, data: new Map(data)};
}

/** Five pickles (mark, protocol, machine, what was saved, keys of its storages), then each storage behind its number of elements. */
function fromPickles(file: Uint8Array): Loaded {
  const meaning = torchPickle();
  let at = 0;
  const next = () => {
    const {value, end} = unpickle(file, meaning, at);
    at = end;
    return value;
  };
  next();
  const protocol = next();
  if (protocol !== LEGACY_PROTOCOL)
    throw new FormatError("The file is damaged: the version of PyTorch's older format is not the known one.");
  const machine = next();
  if (machine instanceof Map && machine.get("little_endian") === false) {
    throw new FormatError("The file was saved on a big-endian machine, which is not read.");
  }
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) throw new FormatError("The file is damaged: it does not list its storages.");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const data = new Map<string, Uint8Array>();
  for (const key of keys as unknown[]) {
    const storage = typeof key === "string" ? meaning.storages.get(key) : undefined;
    if (!storage) throw new FormatError("The file is damaged: it lists a storage that no tensor has.");
    if (at + 8 > file.length) throw cutOff(storage.key);
    const elements = Number(view.getBigUint64(at, true));
    const bytes = elements * ELEMENT_TYPES[storage.type].bytes;
    if (elements !== storage.elements) throw wrongSize(storage, elements);
    if (at + 8 + bytes > file.length) throw cutOff(storage.key);
    data.set(storage.key, file.subarray(at + 8, at + 8 + bytes));
    at += 8 + bytes;
  }
  return {root, data};
}

/** The bytes of a storage. @throws FormatError where they are missing or not as many as it takes */
function storageBytes(storage: TorchStorage, data: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = data.get(storage.key);
  if (!bytes) throw new FormatError(`The file is damaged: the numbers of "${name}" (storage "${storage.key}") are missing.`);
  const size = ELEMENT_TYPES[storage.type].bytes;
  if (bytes.length !== storage.elements * size) throw wrongSize(storage, bytes.length / size);
  return bytes;
}

/** The tensors of what was saved: itself, or one of the entries that checkpoints keep weights in. */
function tensorsOf(root: unknown): Map<string, TorchTensor> {
  if (!(root instanceof Map)) {
    throw new FormatError('The file holds no dictionary of weights. Save it with torch.save(model.state_dict(), "weights.pth").');
  }
  const own = asTensors(root);
  if (own) return own;
  for (const key of WRAPPERS) {
    const inner: unknown = root.get(key);
    const found = inner instanceof Map ? asTensors(inner) : null;
    if (found) return found;
  }
  const keys = [...root.keys()].filter((key) => typeof key === "string").slice(0, 6);
  throw new FormatError(
    `The file holds no weights by name: its entries are ${keys.join(", ") || "none"}. Save it with torch.save(model.state_dict(), "weights.pth").`
  );
}

/** A dictionary's tensors, null where it has none or also holds dictionaries, and so is no state dict. */
function asTensors(dictionary: ReadonlyMap<unknown, unknown>): Map<string, TorchTensor> | null {
  const found = new Map<string, TorchTensor>();
  for (const [name, value] of dictionary) {
    if (value instanceof Map) return null;
    if (typeof name === "string" && value instanceof TorchTensor) found.set(name, value);
  }
  return found.size > 0 ? found : null;
}

function withoutPrefixes(tensors: StateDict): StateDict {
  let names = tensors;
  for (let turn = 0; turn < MAXIMUM_PREFIXES; turn++) {
    const prefix = PREFIX.exec(names.keys().next().value ?? "")?.[0];
    if (prefix === undefined || ![...names.keys()].every((name) => name.startsWith(prefix))) break;
    names = new Map([...names].map(([name, tensor]) => [name.slice(prefix.length), tensor]));
  }
  return names;
}

function wrongSize({key, elements}: TorchStorage, found: number): FormatError {
  return new FormatError(`The file is damaged: the storage "${key}" holds ${found} numbers, and should hold ${elements}.`);
}

function cutOff(key: string): FormatError {
  return new FormatError(`The file is cut off in its storage "${key}".`);
}

function beginsWith(file: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => file[index] === byte);
}
