import type {Size} from "./renderer.js";

export type TextureKind = "bytes" | "half" | "float";

export interface WantedTexture extends Size {
  /** What its four channels are. */
  readonly kind: TextureKind;
  /** Layers of an array texture; null for a plain one. */
  readonly layers: number | null;
  /** Whether values between texels are interpolated. */
  readonly smooth: boolean;
}

/** A texture that is kept until another size is asked for. */
export type Kept<Made> = Made & WantedTexture & {readonly bytes: number};

/** Textures by name, made anew only when their size changes. */
export interface TextureStore<Made> {
  get(name: string, wanted: Size & Pick<WantedTexture, "kind"> & Partial<WantedTexture>): Kept<Made>;
  readonly bytes: number;
  dispose(): void;
}

const BYTES_PER_TEXEL: Readonly<Record<TextureKind, number>> = {bytes: 4, half: 8, float: 16};

/** @param device how textures are made and given back */
export function textureStore<Made>(device: {make(wanted: WantedTexture): Made; remove(texture: Made): void}): TextureStore<Made> {
  const kept = new Map<string, Kept<Made>>();
  return {
    get(name, {layers = null, smooth = false, ...rest}) {
      const wanted = {...rest, layers, smooth};
      const before = kept.get(name);
      if (before && before.width === wanted.width && before.height === wanted.height && before.layers === layers) return before;
      if (before) device.remove(before);
      const bytes = wanted.width * wanted.height * (layers ?? 1) * BYTES_PER_TEXEL[wanted.kind];
      const made = {...device.make(wanted), ...wanted, bytes};
      kept.set(name, made);
      return made;
    },
    get bytes() {
      return [...kept.values()].reduce((sum, {bytes}) => sum + bytes, 0);
    },
    dispose() {
      for (const texture of kept.values()) device.remove(texture);
      kept.clear();
    }
  };
}
