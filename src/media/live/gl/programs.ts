/** A program that fills its target with one triangle. */
export interface FillProgram {
  readonly program: WebGLProgram;
  /** Location of a uniform; setting one that the compiler dropped does nothing. */
  uniform(name: string): WebGLUniformLocation | null;
}

/** One triangle over the whole target, without any buffer. */
const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** @throws Error with the driver's words when the shader does not compile */
export function fillProgram(gl: WebGL2RenderingContext, fragmentShader: string): FillProgram {
  const program = gl.createProgram()!;
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragmentShader]
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    // Goes with the program.
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = gl.getAttachedShaders(program)!.map((shader) => gl.getShaderInfoLog(shader));
    gl.deleteProgram(program);
    throw new Error(`The graphics driver refused a drawing program: ${[gl.getProgramInfoLog(program), ...logs].filter(Boolean).join(" ")}`);
  }
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    uniform(name) {
      if (!locations.has(name)) locations.set(name, gl.getUniformLocation(program, name));
      return locations.get(name)!;
    }
  };
}
