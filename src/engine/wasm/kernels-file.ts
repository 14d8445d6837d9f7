/** How our kernels are compiled. */
export interface KernelsKind {
  /** With instructions that multiply and add at once, which not every engine knows. */
  readonly isRelaxed: boolean;
  /** For several threads on one memory, which pages have where they are isolated. */
  readonly isThreaded: boolean;
}

/** Name of the file that they are compiled to. */
export function kernelsFile({isRelaxed, isThreaded}: KernelsKind): string {
  return `${isRelaxed ? "relaxed" : "plain"}${isThreaded ? "-threads" : ""}.wasm`;
}
