import {HEAD} from "./glsl.js";
import {LABELLING, TRIANGLE} from "./wgsl.js";

/** The class with the largest logit at each cell. */
export const WINNERS = {
  glsl: `${HEAD}
uniform sampler2DArray logits;
uniform int classes;
out vec4 winner;
void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  float best = -1e30;
  int id = 0;
  for (int layer = 0; layer * 4 < classes; layer++) {
    vec4 values = texelFetch(logits, ivec3(cell, layer), 0);
    for (int i = 0; i < 4; i++) {
      if (values[i] > best) {
        best = values[i];
        id = layer * 4 + i;
      }
    }
  }
  winner = vec4(float(min(id, classes - 1)) / 255.0, 0.0, 0.0, 1.0);
}`,

  wgsl: `${TRIANGLE}${LABELLING}
@group(0) @binding(1) var logits: texture_2d_array<f32>;
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let classes = i32(settings.classes);
  var best = -1e30;
  var id = 0;
  for (var layer = 0; layer * 4 < classes; layer++) {
    let values = textureLoad(logits, vec2i(position.xy), layer, 0);
    for (var i = 0; i < 4; i++) {
      if (values[i] > best) {
        best = values[i];
        id = layer * 4 + i;
      }
    }
  }
  return vec4f(f32(min(id, classes - 1)) / 255.0, 0.0, 0.0, 1.0);
}`
};
