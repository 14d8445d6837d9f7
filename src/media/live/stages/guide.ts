import {GUIDE_SAMPLES} from "../../../engine/labels/live-logits.js";
import {HEAD} from "./glsl.js";
import {LABELLING, TRIANGLE} from "./wgsl.js";

/** Mean colour of the frame around each cell of the logits, from a few samples. */
export const GUIDE = {
  glsl: `${HEAD}
uniform sampler2D frame;
uniform vec2 cells;    // width, height of the grid
uniform vec2 covered;  // share of the grid that the frame covers
out vec4 colour;
const int SAMPLES = ${GUIDE_SAMPLES};
void main() {
  vec2 step = 1.0 / (max(cells - 1.0, 1.0) * covered);
  vec2 middle = (gl_FragCoord.xy - 0.5) * step;
  vec3 sum = vec3(0.0);
  for (int y = 0; y < SAMPLES; y++) {
    for (int x = 0; x < SAMPLES; x++) {
      vec2 offset = (vec2(x, y) + 0.5) / float(SAMPLES) - 0.5;
      sum += texture(frame, middle + offset * step).rgb;
    }
  }
  colour = vec4(sum / float(SAMPLES * SAMPLES), 1.0);
}`,

  wgsl: `${TRIANGLE}${LABELLING}
@group(0) @binding(1) var smoothly: sampler;
@group(0) @binding(2) var frame: texture_2d<f32>;
const SAMPLES = ${GUIDE_SAMPLES};
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let cell = 1.0 / (max(settings.cells - 1.0, vec2f(1.0)) * settings.covered);
  let middle = (position.xy - 0.5) * cell;
  var sum = vec3f(0.0);
  for (var y = 0; y < SAMPLES; y++) {
    for (var x = 0; x < SAMPLES; x++) {
      let offset = (vec2f(f32(x), f32(y)) + 0.5) / f32(SAMPLES) - 0.5;
      sum += textureSampleLevel(frame, smoothly, middle + offset * cell, 0.0).rgb;
    }
  }
  return vec4f(sum / f32(SAMPLES * SAMPLES), 1.0);
}`
};
