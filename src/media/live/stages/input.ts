import {HEAD} from "./glsl.js";
import {GROUP_SIDE} from "./wgsl.js";

/** Bytes of the settings of the WGSL program. */
export const INPUT_BYTES = 24;

/**
 * The network's input, as `photoInput` of the engine makes it: halved by averaging, resized with aligned corners,
 * in [-1, 1], zero beyond. GLSL fills a texture, WGSL a buffer of red, green and blue.
 */
export const INPUT = {
  glsl: `${HEAD}
uniform sampler2D frame;
uniform vec2 resized;
uniform int halvings;
out vec4 value;
vec3 meanAt(ivec2 cell) {
  int side = 1 << halvings;
  if (side == 1) return texelFetch(frame, cell, 0).rgb;
  vec2 size = vec2(textureSize(frame, 0));
  vec3 sum = vec3(0.0);
  // Between four pixels the sampler gives their mean.
  for (int y = 1; y < side; y += 2) {
    for (int x = 1; x < side; x += 2) sum += texture(frame, vec2(cell * side + ivec2(x, y)) / size).rgb;
  }
  return sum * 4.0 / float(side * side);
}
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  if (any(greaterThanEqual(pixel, ivec2(resized)))) {
    value = vec4(0.0);
    return;
  }
  vec2 size = ceil(vec2(textureSize(frame, 0)) / float(1 << halvings));
  vec2 at = vec2(pixel) * (size - 1.0) / max(resized - 1.0, 1.0);
  ivec2 low = ivec2(min(floor(at), size - 1.0));
  ivec2 high = min(low + 1, ivec2(size) - 1);
  vec2 share = at - vec2(low);
  vec3 above = mix(meanAt(low), meanAt(ivec2(high.x, low.y)), share.x);
  vec3 below = mix(meanAt(ivec2(low.x, high.y)), meanAt(high), share.x);
  value = vec4(mix(above, below, share.y) * 2.0 - 1.0, 1.0);
}`,

  wgsl: `
struct Settings {
  resized: vec2u,
  size: vec2u,     // with what is beyond the frame, which is zero
  halvings: u32,
}
@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var smoothly: sampler;
@group(0) @binding(2) var frame: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;
fn meanAt(cell: vec2i) -> vec3f {
  let side = 1 << settings.halvings;
  if (side == 1) {
    return textureLoad(frame, cell, 0).rgb;
  }
  let size = vec2f(textureDimensions(frame));
  var sum = vec3f(0.0);
  // Between four pixels the sampler gives their mean.
  for (var y = 1; y < side; y += 2) {
    for (var x = 1; x < side; x += 2) {
      sum += textureSampleLevel(frame, smoothly, vec2f(cell * side + vec2i(x, y)) / size, 0.0).rgb;
    }
  }
  return sum * 4.0 / f32(side * side);
}
@compute @workgroup_size(${GROUP_SIDE}, ${GROUP_SIDE}) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= settings.size)) {
    return;
  }
  var value = vec3f(0.0);
  if (all(id.xy < settings.resized)) {
    let size = ceil(vec2f(textureDimensions(frame)) / f32(1u << settings.halvings));
    let at = vec2f(id.xy) * (size - 1.0) / max(vec2f(settings.resized) - 1.0, vec2f(1.0));
    let low = vec2i(min(floor(at), size - 1.0));
    let high = min(low + 1, vec2i(size) - 1);
    let share = at - vec2f(low);
    let above = mix(meanAt(low), meanAt(vec2i(high.x, low.y)), share.x);
    let below = mix(meanAt(vec2i(low.x, high.y)), meanAt(high), share.x);
    value = mix(above, below, share.y) * 2.0 - 1.0;
  }
  let start = 3 * (id.y * settings.size.x + id.x);
  for (var channel = 0u; channel < 3u; channel++) {
    values[start + channel] = value[channel];
  }
}`
};
