import {textureStore} from "../texture-store.js";
import type {Kept, TextureStore} from "../texture-store.js";

interface GlTexture {
  readonly texture: WebGLTexture;
}

export type KeptTexture = Kept<GlTexture>;

/** Textures of a WebGL context, cleared to zeros when they are made. */
export function glTextures(gl: WebGL2RenderingContext): TextureStore<GlTexture> {
  return textureStore({
    make({width, height, kind, layers, smooth}) {
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
      return {texture};
    },
    remove: ({texture}) => gl.deleteTexture(texture)
  });
}
