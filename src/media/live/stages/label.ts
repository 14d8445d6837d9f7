import {ALIKE, NEAR, UNLIKE_SHARE} from "../../../engine/labels/live-logits.js";
import {HEAD} from "./glsl.js";
import {real} from "./real.js";
import {LABELLING, TRIANGLE} from "./wgsl.js";

/** Difference of logits over which a border fades. */
const BORDER = 0.7;

/**
 * The class of each pixel: r its id, g the id of the runner-up, b how surely the first (0.5 on a border, 1 inside).
 *
 * Plain: bilinear with aligned corners, then the largest. Along edges: each cell near by counts as much as it is near
 * and as its colour is like the pixel's (joint bilateral upsampling, Kopf et al. 2007). Where all cells that count agree
 * on the largest class, so does every mean of them.
 */
export const LABEL = {
  glsl: `${HEAD}
uniform sampler2D frame;
uniform sampler2D guide;
uniform sampler2D winners;
uniform sampler2DArray logits;
uniform int classes;
uniform vec2 size;     // of the class map
uniform vec2 covered;
uniform bool edges;
out vec4 label;
const float BORDER = ${real(BORDER)};
const float NEAR = ${real(NEAR)};
const float ALIKE = ${real(ALIKE)};
void main() {
  vec2 cells = vec2(textureSize(winners, 0));
  vec2 pixel = gl_FragCoord.xy - 0.5;
  vec2 at = pixel / max(size - 1.0, 1.0) * covered * (cells - 1.0);
  ivec2 last = ivec2(cells) - 1;
  ivec2 low = min(ivec2(at), last);
  int reach = edges ? 1 : 0;
  float first = texelFetch(winners, low, 0).r;
  bool agree = true;
  for (int y = -reach; y <= 1 + reach; y++) {
    for (int x = -reach; x <= 1 + reach; x++) {
      agree = agree && texelFetch(winners, clamp(low + ivec2(x, y), ivec2(0), last), 0).r == first;
    }
  }
  if (agree) {
    label = vec4(first, first, 1.0, 1.0);
    return;
  }
  float weights[16];
  if (edges) {
    vec3 here = texture(frame, gl_FragCoord.xy / size).rgb;
    float total = 0.0;
    for (int i = 0; i < 16; i++) {
      ivec2 cell = clamp(low + ivec2(i & 3, i >> 2) - 1, ivec2(0), last);
      vec2 away = (vec2(low + ivec2(i & 3, i >> 2) - 1) - at) / NEAR;
      vec3 unlike = (texelFetch(guide, cell, 0).rgb - here) / ALIKE;
      weights[i] = exp(-0.5 * (dot(away, away) + dot(unlike, unlike))) + ${real(UNLIKE_SHARE)} * exp(-0.5 * dot(away, away));
      total += weights[i];
    }
    for (int i = 0; i < 16; i++) weights[i] /= total;
  }
  float best = -1e30;
  float second = -1e30;
  int id = 0;
  int runnerUp = 0;
  for (int layer = 0; layer * 4 < classes; layer++) {
    vec4 values = vec4(0.0);
    if (edges) {
      for (int i = 0; i < 16; i++) {
        ivec2 cell = clamp(low + ivec2(i & 3, i >> 2) - 1, ivec2(0), last);
        values += weights[i] * texelFetch(logits, ivec3(cell, layer), 0);
      }
    } else {
      values = texture(logits, vec3((at + 0.5) / cells, float(layer)));
    }
    for (int i = 0; i < 4; i++) {
      int one = layer * 4 + i;
      if (one >= classes) break;
      if (values[i] > best) {
        second = best;
        runnerUp = id;
        best = values[i];
        id = one;
      } else if (values[i] > second) {
        second = values[i];
        runnerUp = one;
      }
    }
  }
  label = vec4(float(id) / 255.0, float(runnerUp) / 255.0, 0.5 + 0.5 * min((best - second) / BORDER, 1.0), 1.0);
}`,

  wgsl: `${TRIANGLE}${LABELLING}
@group(0) @binding(1) var smoothly: sampler;
@group(0) @binding(2) var frame: texture_2d<f32>;
@group(0) @binding(3) var guide: texture_2d<f32>;
@group(0) @binding(4) var winners: texture_2d<f32>;
@group(0) @binding(5) var logits: texture_2d_array<f32>;
/** One of the sixteen cells around a pixel, clamped to the grid. */
fn around(low: vec2i, i: i32, last: vec2i) -> vec2i {
  return clamp(low + vec2i(i & 3, i >> 2) - 1, vec2i(0), last);
}
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let classes = i32(settings.classes);
  let edges = settings.edges > 0.5;
  let at = (position.xy - 0.5) / max(settings.size - 1.0, vec2f(1.0)) * settings.covered * (settings.cells - 1.0);
  let last = vec2i(settings.cells) - 1;
  let low = min(vec2i(at), last);
  let reach = select(0, 1, edges);
  let first = textureLoad(winners, low, 0).r;
  var agree = true;
  for (var y = -reach; y <= 1 + reach; y++) {
    for (var x = -reach; x <= 1 + reach; x++) {
      agree = agree && textureLoad(winners, clamp(low + vec2i(x, y), vec2i(0), last), 0).r == first;
    }
  }
  if (agree) {
    return vec4f(first, first, 1.0, 1.0);
  }
  var weights: array<f32, 16>;
  if (edges) {
    let here = textureSampleLevel(frame, smoothly, position.xy / settings.size, 0.0).rgb;
    var total = 0.0;
    for (var i = 0; i < 16; i++) {
      let away = (vec2f(low + vec2i(i & 3, i >> 2) - 1) - at) / ${real(NEAR)};
      let unlike = (textureLoad(guide, around(low, i, last), 0).rgb - here) / ${real(ALIKE)};
      weights[i] = exp(-0.5 * (dot(away, away) + dot(unlike, unlike))) + ${real(UNLIKE_SHARE)} * exp(-0.5 * dot(away, away));
      total += weights[i];
    }
    for (var i = 0; i < 16; i++) {
      weights[i] /= total;
    }
  }
  var best = -1e30;
  var second = -1e30;
  var id = 0;
  var runnerUp = 0;
  for (var layer = 0; layer * 4 < classes; layer++) {
    var values = vec4f(0.0);
    if (edges) {
      for (var i = 0; i < 16; i++) {
        values += weights[i] * textureLoad(logits, around(low, i, last), layer, 0);
      }
    } else {
      values = textureSampleLevel(logits, smoothly, (at + 0.5) / settings.cells, layer, 0.0);
    }
    for (var i = 0; i < 4; i++) {
      let one = layer * 4 + i;
      if (one >= classes) {
        break;
      }
      if (values[i] > best) {
        second = best;
        runnerUp = id;
        best = values[i];
        id = one;
      } else if (values[i] > second) {
        second = values[i];
        runnerUp = one;
      }
    }
  }
  return vec4f(f32(id) / 255.0, f32(runnerUp) / 255.0, 0.5 + 0.5 * min((best - second) / ${real(BORDER)}, 1.0), 1.0);
}`
};
