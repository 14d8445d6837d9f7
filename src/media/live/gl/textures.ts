import type {Size} from "../renderer.js";

export type TextureKind = "bytes" | "half" | "float";

/** A texture that is kept until another size is asked for. */
export interface KeptTexture extends Size {
  readonly texture: WebGLTexture;
  /** Layers of an array texture; null for a plain one. */
  readonly layers: number | null;
  readonly bytes: number;
}

interface Wanted extends Size {
  readonly kind: TextureKind;
  readonly layers?: number;
  /** Whether values between texels are interpolated. */
  readonly smooth?: boolean;
}

const BYTES_PER_TEXEL: Readonly<Record<TextureKind, number>> = {bytes: 4, half: 8, float: 16};

/** Textures by name, made anew only when their size changes. */
export interface TextureStore {
  get(name: string, wanted: Wanted): KeptTexture;
  readonly bytes: number;
  dispose(): void;
}

export function textureStore(gl: WebGL2RenderingContext): TextureStore {
  const kept = new Map<string, KeptTexture>();
  return {
    get(name, wanted) {
      const {width, height, kind, layers = null, smooth = false} = wanted;
      const before = kept.get(name);
      if (before && before.width === width && before.height === height && before.layers === layers) return before;
      if (before) gl.deleteTexture(before.texture);
      const target = layers === null ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY;
      const texture = gl.createTexture();
      gl.bindTexture(target, texture);
      const format = {bytes: gl.RGBA8, half: gl.RGBA16F, float: gl.RGBA32F}[kind];
      if (layers === null) gl.texStorage2D(target, 1, format, width, height);
      else gl.texStorage3D(target, 1, format, width, height, layers);
      const filter = smooth ? gl.LINEAR : gl.NEAREST;
      gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter);
      gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter);
      gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
      const made = {texture, width, height, layers, bytes: width * height * (layers ?? 1) * BYTES_PER_TEXEL[kind]};
      kept.set(name, made);
      return made;
    },
    get bytes() {
      return [...kept.values()].reduce((sum, {bytes}) => sum + bytes, 0);
    },
    dispose() {
      for (const {texture} of kept.values()) gl.deleteTexture(texture);
      kept.clear();
    }
  };
}
