import {ALIKE, GUIDE_SAMPLES, MOVED, NEAR, STILL, UNLIKE_SHARE} from "../../../engine/labels/live-logits.js";
import {BLUR_REACH, BLUR_WIDTH, BORDER, DIMMED, NOTHING, real} from "../constants.js";

/**
 * The drawing programs, GLSL ES 3.00. Textures hold pictures with their first row at the top; only the picture that
 * leaves is turned over, because a canvas counts from below. The WGSL twins are in ../gpu/shaders.ts.
 */

const HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2DArray;
`;

/**
 * The network's input, as `preprocess` of the engine makes it: halved by averaging, resized with aligned corners,
 * in [-1, 1], zero beyond.
 */
export const INPUT = `${HEAD}
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
}`;

/** Mean colour of the frame around each cell of the logits, from a few samples. */
export const GUIDE = `${HEAD}
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
}`;

/**
 * Four classes' logits at each cell, out of a texture in which four values follow one another in each texel; blended
 * with the ones before where the frame stands still.
 */
export const REMEMBER = `${HEAD}
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
}`;

/** The class with the largest logit at each cell. */
export const WINNERS = `${HEAD}
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
}`;

/**
 * The class of each pixel: r its id, g the id of the runner-up, b how surely the first (0.5 on a border, 1 inside).
 *
 * Plain: bilinear with aligned corners, then the largest. Along edges: each cell near by counts as much as it is near
 * and as its colour is like the pixel's (joint bilateral upsampling, Kopf et al. 2007). Where all cells that count agree
 * on the largest class, so does every mean of them.
 */
export const LABEL = `${HEAD}
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
}`;

/** Ids at the middles of a coarse grid's cells. */
export const SURVEY = `${HEAD}
uniform sampler2D labels;
uniform vec2 size;     // of the survey
out vec4 id;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy / size * vec2(textureSize(labels, 0)));
  id = vec4(texelFetch(labels, at, 0).r, 0.0, 0.0, 1.0);
}`;

/** How much of a pixel belongs to the subject: subject ids have alpha 1 in \`subjects\`. */
const SUBJECT = `
uniform sampler2D labels;
uniform sampler2D subjects;
ivec2 idsOf(vec4 label) { return ivec2(label.rg * 255.0 + 0.5); }
float subjectAt(vec2 at) {
  ivec2 size = textureSize(labels, 0);
  vec4 label = texelFetch(labels, min(ivec2(at * vec2(size)), size - 1), 0);
  ivec2 ids = idsOf(label);
  return mix(texelFetch(subjects, ivec2(ids.g, 0), 0).a, texelFetch(subjects, ivec2(ids.r, 0), 0).a, label.b);
}`;

/** One direction of a Gaussian blur of what is not the subject, so that the subject's colours do not bleed out. */
export const BLUR = `${HEAD}
uniform sampler2D source;
uniform vec2 size;
uniform vec2 direction;
uniform bool first;    // from the frame, weighed by the class map; afterwards from what this made
out vec4 sum;
${SUBJECT}
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
}`;

/** The picture of a view. */
export const COMPOSE = `${HEAD}
uniform sampler2D frame;
uniform sampler2D palette;   // a class a texel; alpha 0 where it is left out
uniform sampler2D blurred;
uniform sampler2D backdrop;
uniform sampler2D annotations;
uniform vec2 size;           // of the view
uniform int view;            // index in LIVE_VIEWS
uniform float opacity;
uniform bool mirrored;
uniform vec3 colour;         // of the background
uniform bool pictured;       // whether a picture is the background
uniform bool annotated;
out vec4 picture;
${SUBJECT}
const vec3 NOTHING = vec3(${real(NOTHING)});
vec4 maskAt(vec2 at, bool crisp) {
  ivec2 size = textureSize(labels, 0);
  vec4 label = texelFetch(labels, min(ivec2(at * vec2(size)), size - 1), 0);
  ivec2 ids = idsOf(label);
  vec4 first = texelFetch(palette, ivec2(ids.r, 0), 0);
  if (crisp || ids.r == ids.g) return first;
  vec4 second = texelFetch(palette, ivec2(ids.g, 0), 0);
  float alpha = mix(second.a, first.a, label.b);
  return vec4(mix(second.rgb * second.a, first.rgb * first.a, label.b) / max(alpha, 1e-6), alpha);
}
/** The backdrop as large as covers the frame. */
vec3 backdropAt(vec2 at) {
  if (!pictured) return colour;
  vec2 there = vec2(textureSize(backdrop, 0));
  vec2 here = vec2(textureSize(frame, 0));
  vec2 shown = (here / there) / max(here.x / there.x, here.y / there.y);
  return texture(backdrop, 0.5 + (at - 0.5) * shown).rgb;
}
void main() {
  vec2 place = vec2(gl_FragCoord.x, size.y - gl_FragCoord.y) / size;
  vec2 at = place;
  bool right = false;
  if (view == 1) {
    right = at.x >= 0.5;
    at.x = at.x * 2.0 - (right ? 1.0 : 0.0);
  }
  if (mirrored) at.x = 1.0 - at.x;
  // A view is as large as the frame, or twice as wide.
  ivec2 pixels = textureSize(frame, 0);
  vec3 photo = texelFetch(frame, min(ivec2(at * vec2(pixels)), pixels - 1), 0).rgb;
  vec3 result = photo;
  if (view == 0) {
    vec4 mask = maskAt(at, false);
    result = mix(photo, mask.rgb, opacity * mask.a);
  } else if (view == 2 || right) {
    vec4 mask = maskAt(at, true);
    result = mix(NOTHING, mask.rgb, mask.a);
  } else if (view > 2) {
    float subject = subjectAt(at);
    // A picture that the mirror turned would have its writing turned.
    vec3 behind = view == 3 ? texture(blurred, at).rgb : view == 4 ? backdropAt(mirrored ? vec2(1.0 - at.x, at.y) : at) : vec3(dot(photo, vec3(0.2126, 0.7152, 0.0722))) * ${real(DIMMED)};
    result = mix(behind, photo, subject);
  }
  if (annotated) {
    vec4 note = texelFetch(annotations, ivec2(place * size), 0);
    result = mix(result, note.rgb, note.a);
  }
  picture = vec4(result, 1.0);
}`;
