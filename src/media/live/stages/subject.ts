/** How much of a pixel belongs to the subject: subject ids have alpha 1 in `subjects`. */
export const SUBJECT = {
  glsl: `
uniform sampler2D labels;
uniform sampler2D subjects;
ivec2 idsOf(vec4 label) { return ivec2(label.rg * 255.0 + 0.5); }
float subjectAt(vec2 at) {
  ivec2 size = textureSize(labels, 0);
  vec4 label = texelFetch(labels, min(ivec2(at * vec2(size)), size - 1), 0);
  ivec2 ids = idsOf(label);
  return mix(texelFetch(subjects, ivec2(ids.g, 0), 0).a, texelFetch(subjects, ivec2(ids.r, 0), 0).a, label.b);
}`,

  wgsl: `
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
`
};
