import {textureStore} from "../texture-store.js";
import type {Kept, TextureKind, TextureStore} from "../texture-store.js";

interface GpuTexture {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
}

export type KeptTexture = Kept<GpuTexture>;

export const FORMATS: Readonly<Record<TextureKind, GPUTextureFormat>> = {bytes: "rgba8unorm", half: "rgba16float", float: "rgba32float"};

/** Textures of a device. How values between texels are read is up to the sampler. */
export function gpuTextures(device: GPUDevice): TextureStore<GpuTexture> {
  const {TEXTURE_BINDING, RENDER_ATTACHMENT, COPY_DST, COPY_SRC, STORAGE_BINDING} = GPUTextureUsage;
  return textureStore({
    make({width, height, kind, layers}) {
      const texture = device.createTexture({
        size: [width, height, layers ?? 1],
        format: FORMATS[kind],
        // Pictures are copied in, and the survey out; logits are written by a program.
        usage: TEXTURE_BINDING | RENDER_ATTACHMENT | (kind === "bytes" ? COPY_DST | COPY_SRC : STORAGE_BINDING)
      });
      return {texture, view: texture.createView({dimension: layers === null ? "2d" : "2d-array"})};
    },
    remove: ({texture}) => texture.destroy()
  });
}
