/** How every drawing program in GLSL ES 3.00 begins. */
export const HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2DArray;
`;
