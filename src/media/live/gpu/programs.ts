/** What a program reads or writes, by the order of its bindings. */
export type Resource = GPUBuffer | GPUSampler | GPUTextureView;

/** A program that fills its target with one triangle. */
export interface FillProgram {
  readonly pipeline: GPURenderPipeline;
  bind(resources: readonly Resource[]): GPUBindGroup;
}

export interface ComputeProgram {
  readonly pipeline: GPUComputePipeline;
  bind(resources: readonly Resource[]): GPUBindGroup;
}

/** @param format of the target */
export function fillProgram(device: GPUDevice, code: string, format: GPUTextureFormat, entryPoint = "main"): FillProgram {
  const module = device.createShaderModule({code});
  const pipeline = device.createRenderPipeline({
    layout: "auto",
    vertex: {module, entryPoint: "triangle"},
    fragment: {module, entryPoint, targets: [{format}]}
  });
  return {pipeline, bind: binder(device, pipeline)};
}

export function computeProgram(device: GPUDevice, code: string): ComputeProgram {
  const pipeline = device.createComputePipeline({layout: "auto", compute: {module: device.createShaderModule({code}), entryPoint: "main"}});
  return {pipeline, bind: binder(device, pipeline)};
}

/** Bind groups that were made before, by what they bind; they go when that goes. */
interface Bound {
  group?: GPUBindGroup;
  readonly next: WeakMap<Resource, Bound>;
}

/** Binds resources, with the same group whenever they are the same. */
function binder(device: GPUDevice, pipeline: GPURenderPipeline | GPUComputePipeline): (resources: readonly Resource[]) => GPUBindGroup {
  const layout = pipeline.getBindGroupLayout(0);
  const root: Bound = {next: new WeakMap()};
  return (resources) => {
    const bound = resources.reduce((before, resource) => {
      let next = before.next.get(resource);
      if (!next) before.next.set(resource, (next = {next: new WeakMap()}));
      return next;
    }, root);
    bound.group ??= device.createBindGroup({
      layout,
      entries: resources.map((resource, binding) => ({binding, resource: resource instanceof GPUBuffer ? {buffer: resource} : resource}))
    });
    return bound.group;
  };
}
