import * as tf from "@tensorflow/tfjs-core";

/** A tensor's values, and how many tensors there are that have them. */
interface Held {
  readonly values: tf.BackendValues;
  readonly dtype: tf.DataType;
  refCount: number;
}

/**
 * A backend of TensorFlow.js whose tensors are arrays of this thread: to hand them in and out costs nothing. It has the interface of
 * TensorFlow.js's own backend in plain JavaScript, whose kernels can compute on it.
 */
export class HeapBackend extends tf.KernelBackend {
  /** Side of the blocks in which those kernels multiply matrices. */
  readonly blockSize = 48;
  readonly data = new tf.DataStorage<Held>(this, tf.engine());

  override write(values: tf.BackendValues, _shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.data.set(dataId, {values, dtype, refCount: 1});
    return dataId;
  }

  override move(dataId: object, values: tf.BackendValues, _shape: number[], dtype: tf.DataType, refCount: number): void {
    this.data.set(dataId, {values, dtype, refCount});
  }

  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.BackendValues): tf.TensorInfo {
    return {dataId: this.write(values, shape, dtype), shape, dtype};
  }

  makeOutput(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.makeTensorInfo(shape, dtype, values), this);
  }

  override readSync(dataId: object): tf.BackendValues {
    const {values, dtype} = this.data.get(dataId);
    return tf.util.convertBackendValuesAndArrayBuffer(values, dtype);
  }

  override read(dataId: object): Promise<tf.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  bufferSync({dataId, shape, dtype}: tf.TensorInfo): tf.TensorBuffer<tf.Rank, tf.DataType> {
    return tf.buffer(shape, dtype, this.readSync(dataId) as tf.DataTypeMap[tf.DataType]);
  }

  override refCount(dataId: object): number {
    return this.data.has(dataId) ? this.data.get(dataId).refCount : 0;
  }

  override incRef(dataId: object): void {
    this.data.get(dataId).refCount++;
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const held = this.data.get(dataId);
    held.refCount--;
    if (held.refCount > 0 && !force) return false;
    this.data.delete(dataId);
    return true;
  }

  disposeIntermediateTensorInfo({dataId}: tf.TensorInfo): void {
    this.disposeData(dataId);
  }

  override numDataIds(): number {
    return this.data.numDataIds();
  }

  override memory(): {unreliable: boolean; reasons: string[]} {
    return {unreliable: true, reasons: ["What is held is counted, not what JavaScript has freed by now."]};
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override timerAvailable(): boolean {
    return false;
  }
}

interface Call {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly backend: unknown;
  readonly attrs?: tf.NamedAttrMap;
}

/** The two kernels without which no tensor is cloned and none waited for. */
export const HEAP_KERNELS: readonly {readonly kernelName: string; readonly kernelFunc: tf.KernelFunc}[] = [
  {kernelName: tf.Identity, kernelFunc: ({inputs, backend}: Call) => shared(inputs["x"]!, backend as HeapBackend)},
  {
    kernelName: tf.Slice,
    kernelFunc: ({inputs, backend, attrs}: Call) => sliced(inputs["x"]!, backend as HeapBackend, attrs as unknown as tf.SliceAttrs)
  }
];

function shared(x: tf.TensorInfo, backend: HeapBackend): tf.TensorInfo {
  backend.incRef(x.dataId);
  return {dataId: x.dataId, shape: x.shape, dtype: x.dtype};
}

function sliced(x: tf.TensorInfo, backend: HeapBackend, attrs: tf.SliceAttrs): tf.TensorInfo {
  const [begin, size] = tf.slice_util.parseSliceParams(x as tf.Tensor, attrs.begin, attrs.size) as [number[], number[]];
  const from = backend.bufferSync(x);
  const to = tf.buffer(size, x.dtype);
  for (let i = 0; i < to.size; i++) {
    const place = to.indexToLoc(i);
    to.values[i] = from.get(...place.map((at, axis) => at + begin[axis]!)) as number;
  }
  return backend.makeTensorInfo(size, x.dtype, to.values as tf.BackendValues);
}
