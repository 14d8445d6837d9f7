import type {AtlasPicture, AtlasRequest} from "../../components/maps/atlas-paint.js";
import {fillProgram} from "../live/gl/programs.js";
import type {FillProgram} from "../live/gl/programs.js";
import {TILE_NUMBERS, tileNumbers} from "./tiles.js";

/** A context of the GPU that paints atlases, one draw each. */
export interface GlAtlas {
  /** @returns null where the GPU cannot: it was lost, or the picture is too large for it */
  paint(request: AtlasRequest): AtlasPicture | null;
  readonly lost: boolean;
  dispose(): void;
}

/** Longest side of the texture that holds the values; every WebGL 2 allows 2048, and nearly all this. */
const VALUES_WIDTH = 4096;

/** Units of the textures. */
const VALUES = 0;
const TILES = 1;
const SHADES = 2;

const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D values;
uniform sampler2D tiles;
uniform sampler2D shades;
uniform ivec2 atlasSize;
uniform ivec2 tileSize;
uniform ivec3 mapShape;
uniform int reduction;
out vec4 colour;

void main() {
  // The picture's first row is the top one, the drawing's the lowest.
  ivec2 at = ivec2(int(gl_FragCoord.x), atlasSize.y - 1 - int(gl_FragCoord.y));
  ivec2 place = at / tileSize;
  vec4 tile = texelFetch(tiles, place, 0);
  if (tile.x < 0.0) {
    colour = vec4(0.0);
    return;
  }
  ivec2 from = (at - place * tileSize) * reduction;
  ivec2 to = min(from + reduction, mapShape.yx);
  int valuesWidth = textureSize(values, 0).x;
  float sum = 0.0;
  for (int row = from.y; row < to.y; row++) {
    for (int column = from.x; column < to.x; column++) {
      int index = (row * mapShape.y + column) * mapShape.z + int(tile.x);
      sum += texelFetch(values, ivec2(index % valuesWidth, index / valuesWidth), 0).r;
    }
  }
  ivec2 cells = to - from;
  float shade = (sum / float(cells.x * cells.y) - tile.y) * tile.z + 0.5;
  int last = textureSize(shades, 0).x - 1;
  // What is no number has the first shade.
  int index = shade > 0.0 ? (shade < float(last) ? int(shade) : last) : 0;
  colour = vec4(texelFetch(shades, ivec2(index, int(tile.w)), 0).rgb, 1.0);
}`;

/** @param shades as `shadeTables` gives them @returns null where there is no WebGL 2 */
export function glAtlas(shades: Uint8Array): GlAtlas | null {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2", {antialias: false, depth: false, premultipliedAlpha: true});
  if (!gl) return null;
  const program = fillProgram(gl, FRAGMENT_SHADER);
  const largest = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
  const perScale = shades.length / 8;
  const shadesTexture = texture(gl, SHADES, {format: gl.RGBA8, width: perScale, height: 2}, () =>
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, perScale, 2, gl.RGBA, gl.UNSIGNED_BYTE, shades)
  );
  const listeners = new Set<() => void>();
  canvas.addEventListener("webglcontextlost", () => {
    for (const listener of listeners) listener();
    listeners.clear();
  });

  /** The values one after the other, in rows of the texture. @returns false where they are too many */
  function withValues(values: Float32Array, draw: () => void): boolean {
    const width = Math.min(largest, VALUES_WIDTH);
    const height = Math.ceil(values.length / width);
    if (height > largest) return false;
    const full = Math.floor(values.length / width);
    const made = texture(gl!, VALUES, {format: gl!.R32F, width, height}, () => {
      if (full > 0) gl!.texSubImage2D(gl!.TEXTURE_2D, 0, 0, 0, width, full, gl!.RED, gl!.FLOAT, values, 0);
      if (height > full)
        gl!.texSubImage2D(gl!.TEXTURE_2D, 0, 0, full, values.length - full * width, 1, gl!.RED, gl!.FLOAT, values, full * width);
    });
    draw();
    gl!.deleteTexture(made);
    return true;
  }

  return {
    get lost() {
      return gl.isContextLost();
    },

    paint(request) {
      const {maps, layout} = request;
      const {columns, rows} = layout;
      canvas.width = columns * layout.tileWidth;
      canvas.height = rows * layout.tileHeight;
      if (gl.drawingBufferWidth !== canvas.width || gl.drawingBufferHeight !== canvas.height) return null;
      const numbers = tileNumbers(request, perScale);
      const tiles = texture(gl, TILES, {format: gl.RGBA32F, width: columns, height: rows}, () =>
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, columns, numbers.length / TILE_NUMBERS / columns, gl.RGBA, gl.FLOAT, numbers)
      );
      const fits = withValues(maps.values, () => {
        gl.viewport(0, 0, canvas.width, canvas.height);
        gl.useProgram(program.program);
        setUniforms(gl, program, request, canvas);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
      });
      gl.deleteTexture(tiles);
      // Asking for errors waits until the GPU's process has taken the commands, so that a loss is known.
      if (!fits || gl.getError() !== gl.NO_ERROR || gl.isContextLost()) return null;
      const image = canvas.transferToImageBitmap();
      let tell = () => {};
      const onLost = () => tell();
      listeners.add(onLost);
      return {
        image,
        settings: {},
        onLost(listener) {
          tell = listener;
        },
        dispose() {
          listeners.delete(onLost);
          image.close();
        }
      };
    },

    dispose() {
      listeners.clear();
      gl.deleteTexture(shadesTexture);
      gl.deleteProgram(program.program);
      // Browsers allow few contexts at once, and collect what is let go late.
      gl.getExtension("WEBGL_lose_context")?.loseContext();
    }
  };
}

/** A texture without smoothing, filled and left bound to a unit. */
function texture(
  gl: WebGL2RenderingContext,
  unit: number,
  {format, width, height}: {format: GLenum; width: number; height: number},
  fill: () => void
): WebGLTexture | null {
  const made = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, made);
  gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST]
  ] as const)
    gl.texParameteri(gl.TEXTURE_2D, name, value);
  fill();
  return made;
}

function setUniforms(
  gl: WebGL2RenderingContext,
  {uniform}: FillProgram,
  {maps, layout}: AtlasRequest,
  {width, height}: OffscreenCanvas
): void {
  gl.uniform1i(uniform("values"), VALUES);
  gl.uniform1i(uniform("tiles"), TILES);
  gl.uniform1i(uniform("shades"), SHADES);
  gl.uniform2i(uniform("atlasSize"), width, height);
  gl.uniform2i(uniform("tileSize"), layout.tileWidth, layout.tileHeight);
  gl.uniform3i(uniform("mapShape"), maps.height, maps.width, maps.channels);
  gl.uniform1i(uniform("reduction"), layout.reduction);
}
