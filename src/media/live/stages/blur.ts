import {HEAD} from "./glsl.js";
import {real} from "./real.js";
import {SUBJECT} from "./subject.js";
import {LOOK, TRIANGLE} from "./wgsl.js";

/** The blurred background is this many times smaller than the frame. */
export const BLUR_SCALE = 4;
/** Pixels of the smaller background that the blur reaches each way, and its standard deviation. */
const BLUR_REACH = 12;
const BLUR_WIDTH = 5;

/** One direction of a Gaussian blur of what is not the subject, so that the subject's colours do not bleed out. */
export const BLUR = {
  glsl: `${HEAD}
uniform sampler2D source;
uniform vec2 size;
uniform vec2 direction;
uniform bool first;    // from the frame, weighed by the class map; afterwards from what this made
out vec4 sum;
${SUBJECT.glsl}
const int REACH = ${BLUR_REACH};
const float WIDTH = ${real(BLUR_WIDTH)};
void main() {
  sum = vec4(0.0);
  for (int i = -REACH; i <= REACH; i++) {
    vec2 at = clamp((gl_FragCoord.xy + direction * float(i)) / size, vec2(0.0), vec2(1.0));
    float weight = exp(-0.5 * float(i * i) / (WIDTH * WIDTH));
    vec4 value = texture(source, at);
    if (first) value = vec4(value.rgb, 1.0) * (1.0 - 0.999 * subjectAt(at));
    sum += weight * value;
  }
  if (!first) sum = vec4(sum.rgb / max(sum.a, 1e-6), 1.0);
}`,

  wgsl: `${TRIANGLE}${LOOK}
@group(0) @binding(2) var source: texture_2d<f32>;
@group(0) @binding(3) var labels: texture_2d<f32>;
@group(0) @binding(4) var subjects: texture_2d<f32>;
${SUBJECT.wgsl}
const REACH = ${BLUR_REACH};
const WIDTH = ${real(BLUR_WIDTH)};
fn place(position: vec2f, offset: vec2f) -> vec2f {
  return clamp((position + offset) / look.blurred, vec2f(0.0), vec2f(1.0));
}
fn weight(i: i32) -> f32 {
  return exp(-0.5 * f32(i * i) / (WIDTH * WIDTH));
}
/** From the frame, weighed by the class map. */
@fragment fn across(@builtin(position) position: vec4f) -> @location(0) vec4f {
  var sum = vec4f(0.0);
  for (var i = -REACH; i <= REACH; i++) {
    let at = place(position.xy, vec2f(f32(i), 0.0));
    sum += weight(i) * (1.0 - 0.999 * subjectAt(at)) * vec4f(textureSampleLevel(source, smoothly, at, 0.0).rgb, 1.0);
  }
  return sum;
}
/** From what the other made. */
@fragment fn down(@builtin(position) position: vec4f) -> @location(0) vec4f {
  var sum = vec4f(0.0);
  for (var i = -REACH; i <= REACH; i++) {
    sum += weight(i) * textureSampleLevel(source, smoothly, place(position.xy, vec2f(0.0, f32(i))), 0.0);
  }
  return vec4f(sum.rgb / max(sum.a, 1e-6), 1.0);
}`
};
