import {DIMMED, NOTHING} from "../constants.js";
import {HEAD} from "./glsl.js";
import {real} from "./real.js";
import {SUBJECT} from "./subject.js";
import {LOOK, TRIANGLE} from "./wgsl.js";

/** The picture of a view. */
export const COMPOSE = {
  glsl: `${HEAD}
uniform sampler2D frame;
uniform sampler2D palette;   // a class a texel; alpha 0 where it is left out
uniform sampler2D blurred;
uniform sampler2D backdrop;
uniform sampler2D annotations;
uniform vec2 size;           // of the view
uniform int view;            // index in LIVE_VIEWS
uniform float opacity;
uniform float outline;       // how opaque the mask's outline is
uniform ivec2 reach;         // of the outline: straight, diagonal
uniform bool mirrored;
uniform vec3 colour;         // of the background
uniform bool pictured;       // whether a picture is the background
uniform bool annotated;
out vec4 picture;
${SUBJECT.glsl}
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
/** Whether another class is so near that its outline is here. */
bool onOutline(vec2 at) {
  ivec2 last = textureSize(labels, 0) - 1;
  ivec2 here = min(ivec2(at * vec2(last + 1)), last);
  float id = texelFetch(labels, here, 0).r;
  for (int i = 0; i < 9; i++) {
    ivec2 way = ivec2(i % 3, i / 3) - 1;
    int far = way.x == 0 || way.y == 0 ? reach.x : reach.y;
    if (texelFetch(labels, clamp(here + way * far, ivec2(0), last), 0).r != id) return true;
  }
  return false;
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
    if (onOutline(at)) {
      vec4 line = maskAt(at, true);
      result = mix(result, line.rgb, outline * line.a);
    }
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
}`,

  wgsl: `${TRIANGLE}${LOOK}
@group(0) @binding(2) var frame: texture_2d<f32>;
@group(0) @binding(3) var labels: texture_2d<f32>;
@group(0) @binding(4) var palette: texture_2d<f32>;   // a class a texel; alpha 0 where it is left out
@group(0) @binding(5) var subjects: texture_2d<f32>;
@group(0) @binding(6) var blurred: texture_2d<f32>;
@group(0) @binding(7) var backdrop: texture_2d<f32>;
@group(0) @binding(8) var annotations: texture_2d<f32>;
${SUBJECT.wgsl}
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
/** Whether another class is so near that its outline is here. */
fn onOutline(at: vec2f) -> bool {
  let last = vec2i(textureDimensions(labels)) - 1;
  let here = min(vec2i(at * vec2f(last + 1)), last);
  let id = textureLoad(labels, here, 0).r;
  for (var i = 0; i < 9; i++) {
    let way = vec2i(i % 3, i / 3) - 1;
    let far = i32(select(look.diagonal, look.straight, way.x == 0 || way.y == 0));
    if (textureLoad(labels, clamp(here + way * far, vec2i(0), last), 0).r != id) {
      return true;
    }
  }
  return false;
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
    if (onOutline(at)) {
      let line = maskAt(at, true);
      result = mix(result, line.rgb, look.outline * line.a);
    }
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
}`
};
