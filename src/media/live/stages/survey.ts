import {HEAD} from "./glsl.js";
import {LABELLING, TRIANGLE} from "./wgsl.js";

/** Ids at the middles of a coarse grid's cells. */
export const SURVEY = {
  glsl: `${HEAD}
uniform sampler2D labels;
uniform vec2 size;     // of the survey
out vec4 id;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy / size * vec2(textureSize(labels, 0)));
  id = vec4(texelFetch(labels, at, 0).r, 0.0, 0.0, 1.0);
}`,

  wgsl: `${TRIANGLE}${LABELLING}
@group(0) @binding(1) var labels: texture_2d<f32>;
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2i(position.xy / settings.survey * settings.size);
  return vec4f(textureLoad(labels, at, 0).r, 0.0, 0.0, 1.0);
}`
};
