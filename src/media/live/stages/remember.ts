import {MOVED, STILL} from "../../../engine/labels/live-logits.js";
import {HEAD} from "./glsl.js";
import {real} from "./real.js";
import {GROUP_SIDE, LABELLING} from "./wgsl.js";

/**
 * Four classes' logits at each cell, out of a texture in which four values follow one another in each texel; blended
 * with the ones before where the frame stands still. GLSL makes a layer, four classes, at a time; WGSL, whose logits are a buffer, all.
 */
export const REMEMBER = {
  glsl: `${HEAD}
uniform highp sampler2D logits;
uniform sampler2DArray before;
uniform sampler2D guide;
uniform sampler2D guideBefore;
uniform int layer;
uniform int classes;
uniform int columns;
uniform float kept;    // 0 where nothing came before
out vec4 values;
const float STILL = ${real(STILL)};
const float MOVED = ${real(MOVED)};
float logitAt(int index) {
  int texel = index >> 2;
  int wide = textureSize(logits, 0).x;
  return texelFetch(logits, ivec2(texel % wide, texel / wide), 0)[index & 3];
}
void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  vec4 now;
  for (int i = 0; i < 4; i++) {
    int one = min(layer * 4 + i, classes - 1);
    now[i] = logitAt((cell.y * columns + cell.x) * classes + one);
  }
  if (kept > 0.0) {
    float change = 0.0;
    ivec2 last = textureSize(guide, 0) - 1;
    for (int y = -1; y <= 1; y++) {
      for (int x = -1; x <= 1; x++) {
        ivec2 near = clamp(cell + ivec2(x, y), ivec2(0), last);
        change = max(change, distance(texelFetch(guide, near, 0).rgb, texelFetch(guideBefore, near, 0).rgb));
      }
    }
    float keep = kept * (1.0 - smoothstep(STILL, MOVED, change));
    now = mix(now, texelFetch(before, ivec3(cell, layer), 0), keep);
  }
  values = now;
}`,

  wgsl: `${LABELLING}
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var before: texture_2d_array<f32>;
@group(0) @binding(3) var guide: texture_2d<f32>;
@group(0) @binding(4) var guideBefore: texture_2d<f32>;
@group(0) @binding(5) var remembered: texture_storage_2d_array<rgba16float, write>;
@compute @workgroup_size(${GROUP_SIDE}, ${GROUP_SIDE}) fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = vec2i(settings.cells);
  let cell = vec2i(id.xy);
  let layer = i32(id.z);
  if (any(cell >= size)) {
    return;
  }
  let classes = i32(settings.classes);
  var now: vec4f;
  for (var i = 0; i < 4; i++) {
    now[i] = logits[(cell.y * size.x + cell.x) * classes + min(layer * 4 + i, classes - 1)];
  }
  if (settings.kept > 0.0) {
    var change = 0.0;
    for (var y = -1; y <= 1; y++) {
      for (var x = -1; x <= 1; x++) {
        let near = clamp(cell + vec2i(x, y), vec2i(0), size - 1);
        change = max(change, distance(textureLoad(guide, near, 0).rgb, textureLoad(guideBefore, near, 0).rgb));
      }
    }
    let keep = settings.kept * (1.0 - smoothstep(${real(STILL)}, ${real(MOVED)}, change));
    now = mix(now, textureLoad(before, cell, layer, 0), keep);
  }
  textureStore(remembered, cell, layer, now);
}`
};
