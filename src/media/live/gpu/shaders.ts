import {ALIKE, GUIDE_SAMPLES, MOVED, NEAR, STILL, UNLIKE_SHARE} from "../../../engine/labels/live-logits.js";
import {BLUR_REACH, BLUR_WIDTH, BORDER, DIMMED, NOTHING, real} from "../constants.js";

/**
 * The drawing programs, WGSL: the twins of ../gl/shaders.ts, which explains them. Bindings are numbered from 0 in the
 * order in which the renderer gives them.
 */

/** One triangle over the whole target, without any buffer. */
export const TRIANGLE = `
@vertex fn triangle(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
  return vec4f(select(-1.0, 3.0, corner == 1u), select(-1.0, 3.0, corner == 2u), 0.0, 1.0);
}
`;

/** What the programs that label are told; all floats, as they are written in one go. */
const LABELLING = `
struct Labelling {
  cells: vec2f,     // width, height of the grid of logits
  covered: vec2f,   // share of the grid that the frame covers
  size: vec2f,      // of the class map
  survey: vec2f,    // size of the survey
  classes: f32,
  kept: f32,        // 0 where nothing came before
  edges: f32,       // 1 or 0
}
@group(0) @binding(0) var<uniform> settings: Labelling;
`;

/** Bytes of the struct above. */
export const LABELLING_BYTES = 48;

/** Pixels or cells that one workgroup of a compute program does, each way. */
export const GROUP_SIDE = 8;

/** Bytes of the settings of INPUT. */
export const INPUT_BYTES = 24;

/** The network's input, as `preprocess` of the engine makes it: red, green and blue of each pixel in [-1, 1]. */
export const INPUT = `
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
}`;

/** Mean colour of the frame around each cell of the logits, from a few samples. */
export const GUIDE = `${TRIANGLE}${LABELLING}
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
}`;

/** Four classes' logits at each cell, blended with the ones before where the frame stands still; all layers at once. */
export const REMEMBER = `${LABELLING}
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
}`;

/** The class with the largest logit at each cell. */
export const WINNERS = `${TRIANGLE}${LABELLING}
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
}`;

/** The class of each pixel: r its id, g the id of the runner-up, b how surely the first (0.5 on a border, 1 inside). */
export const LABEL = `${TRIANGLE}${LABELLING}
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
}`;

/** Ids at the middles of a coarse grid's cells. */
export const SURVEY = `${TRIANGLE}${LABELLING}
@group(0) @binding(1) var labels: texture_2d<f32>;
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2i(position.xy / settings.survey * settings.size);
  return vec4f(textureLoad(labels, at, 0).r, 0.0, 0.0, 1.0);
}`;

/** What the programs that draw are told; all floats, as they are written in one go. */
const LOOK = `
struct Look {
  size: vec2f,      // of the view
  blurred: vec2f,   // size of the blurred background
  colour: vec3f,    // of the background
  opacity: f32,
  view: f32,        // index in LIVE_VIEWS
  mirrored: f32,    // 1 or 0, as those below
  pictured: f32,    // whether a picture is the background
  annotated: f32,
}
@group(0) @binding(0) var<uniform> look: Look;
@group(0) @binding(1) var smoothly: sampler;
`;

/** Bytes of the struct above. */
export const LOOK_BYTES = 48;

/** How much of a pixel belongs to the subject: subject ids have alpha 1 in \`subjects\`. */
const SUBJECT = `
fn labelAt(at: vec2f) -> vec4f {
  let size = vec2i(textureDimensions(labels));
  return textureLoad(labels, min(vec2i(at * vec2f(size)), size - 1), 0);
}
fn entry(table: texture_2d<f32>, id: f32) -> vec4f {
  return textureLoad(table, vec2i(i32(id * 255.0 + 0.5), 0), 0);
}
fn subjectAt(at: vec2f) -> f32 {
  let label = labelAt(at);
  return mix(entry(subjects, label.g).a, entry(subjects, label.r).a, label.b);
}
`;

/** One direction of a Gaussian blur of what is not the subject, so that the subject's colours do not bleed out. */
export const BLUR = `${TRIANGLE}${LOOK}
@group(0) @binding(2) var source: texture_2d<f32>;
@group(0) @binding(3) var labels: texture_2d<f32>;
@group(0) @binding(4) var subjects: texture_2d<f32>;
${SUBJECT}
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
}`;

/** The picture of a view. */
export const COMPOSE = `${TRIANGLE}${LOOK}
@group(0) @binding(2) var frame: texture_2d<f32>;
@group(0) @binding(3) var labels: texture_2d<f32>;
@group(0) @binding(4) var palette: texture_2d<f32>;   // a class a texel; alpha 0 where it is left out
@group(0) @binding(5) var subjects: texture_2d<f32>;
@group(0) @binding(6) var blurred: texture_2d<f32>;
@group(0) @binding(7) var backdrop: texture_2d<f32>;
@group(0) @binding(8) var annotations: texture_2d<f32>;
${SUBJECT}
fn maskAt(at: vec2f, crisp: bool) -> vec4f {
  let label = labelAt(at);
  let first = entry(palette, label.r);
  let second = entry(palette, label.g);
  if (crisp) {
    return first;
  }
  let alpha = mix(second.a, first.a, label.b);
  return vec4f(mix(second.rgb * second.a, first.rgb * first.a, label.b) / max(alpha, 1e-6), alpha);
}
/** The backdrop as large as covers the frame. */
fn backdropAt(at: vec2f) -> vec3f {
  if (look.pictured < 0.5) {
    return look.colour;
  }
  let there = vec2f(textureDimensions(backdrop));
  let here = vec2f(textureDimensions(frame));
  let shown = (here / there) / max(here.x / there.x, here.y / there.y);
  return textureSampleLevel(backdrop, smoothly, 0.5 + (at - 0.5) * shown, 0.0).rgb;
}
@fragment fn main(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let view = i32(look.view);
  let place = position.xy / look.size;
  var at = place;
  var right = false;
  if (view == 1) {
    right = at.x >= 0.5;
    at.x = at.x * 2.0 - select(0.0, 1.0, right);
  }
  if (look.mirrored > 0.5) {
    at.x = 1.0 - at.x;
  }
  let photo = textureSampleLevel(frame, smoothly, at, 0.0).rgb;
  var result = photo;
  if (view == 0) {
    let mask = maskAt(at, false);
    result = mix(photo, mask.rgb, look.opacity * mask.a);
  } else if (view == 2 || right) {
    let mask = maskAt(at, true);
    result = mix(vec3f(${real(NOTHING)}), mask.rgb, mask.a);
  } else if (view > 2) {
    var behind = vec3f(dot(photo, vec3f(0.2126, 0.7152, 0.0722))) * ${real(DIMMED)};
    if (view == 3) {
      behind = textureSampleLevel(blurred, smoothly, at, 0.0).rgb;
    } else if (view == 4) {
      // A picture that the mirror turned would have its writing turned.
      behind = backdropAt(select(at, vec2f(1.0 - at.x, at.y), look.mirrored > 0.5));
    }
    result = mix(behind, photo, subjectAt(at));
  }
  if (look.annotated > 0.5) {
    let note = textureSampleLevel(annotations, smoothly, place, 0.0);
    result = mix(result, note.rgb, note.a);
  }
  return vec4f(result, 1.0);
}`;
