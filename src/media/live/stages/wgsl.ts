/** One triangle over the whole target, without any buffer. */
export const TRIANGLE = `
@vertex fn triangle(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
  return vec4f(select(-1.0, 3.0, corner == 1u), select(-1.0, 3.0, corner == 2u), 0.0, 1.0);
}
`;

/** Pixels or cells that one workgroup of a compute program does, each way. */
export const GROUP_SIDE = 8;

/** What the programs that label are told; all floats, as they are written in one go. */
export const LABELLING = `
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

/** What the programs that draw are told; all floats, as they are written in one go. */
export const LOOK = `
struct Look {
  size: vec2f,      // of the view
  blurred: vec2f,   // size of the blurred background
  colour: vec3f,    // of the background
  opacity: f32,
  view: f32,        // index in LIVE_VIEWS
  mirrored: f32,    // 1 or 0, as those below
  pictured: f32,    // whether a picture is the background
  annotated: f32,
  outline: f32,     // how opaque the mask's outline is
  straight: f32,    // how far away another class has one, along rows and columns
  diagonal: f32,    // and along diagonals
}
@group(0) @binding(0) var<uniform> look: Look;
@group(0) @binding(1) var smoothly: sampler;
`;

/** Bytes of the struct above. */
export const LOOK_BYTES = 64;
