import type {Size} from "../renderer.js";
import type {FillProgram} from "./programs.js";
import type {KeptTexture} from "./textures.js";

/** Passes of drawing on a context that TensorFlow.js may compute on. */
export interface GlPasses {
  /** Runs some drawing in a state of its own, and leaves TensorFlow.js's. */
  drawing<T>(work: () => T): T;
  /** Binds textures to the samplers of a program. */
  sample(program: FillProgram, sources: Readonly<Record<string, Pick<KeptTexture, "texture" | "layers">>>): void;
  /** Runs a program over a whole target, or one of its layers; null is the canvas. */
  fill(program: FillProgram, target: KeptTexture | null, size: Size, layer?: number): void;
  dispose(): void;
}

export function glPasses(gl: WebGL2RenderingContext): GlPasses {
  const framebuffer = gl.createFramebuffer();
  const vertices = gl.createVertexArray();
  return {
    drawing(work) {
      gl.bindVertexArray(vertices);
      gl.disable(gl.SCISSOR_TEST);
      gl.disable(gl.CULL_FACE);
      gl.disable(gl.BLEND);
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
      try {
        return work();
      } finally {
        gl.bindVertexArray(null);
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        gl.activeTexture(gl.TEXTURE0);
        gl.enable(gl.SCISSOR_TEST);
        gl.enable(gl.CULL_FACE);
      }
    },

    sample(program, sources) {
      gl.useProgram(program.program);
      Object.entries(sources).forEach(([name, {texture, layers}], unit) => {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(layers === null ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY, texture);
        gl.uniform1i(program.uniform(name), unit);
      });
    },

    fill(program, target, {width, height}, layer = 0) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, target ? framebuffer : null);
      if (target?.layers) gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, target.texture, 0, layer);
      else if (target) gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target.texture, 0);
      gl.viewport(0, 0, width, height);
      gl.useProgram(program.program);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },

    dispose() {
      gl.deleteFramebuffer(framebuffer);
      gl.deleteVertexArray(vertices);
    }
  };
}
