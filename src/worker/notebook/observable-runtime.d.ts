/** The part of Observable's runtime that is used here; the package has no types of its own. */
declare module "@observablehq/runtime" {
  export interface Observer {
    pending?(): void;
    fulfilled?(value: unknown): void;
    rejected?(error: unknown): void;
  }
  export interface Variable {
    define(name: string | null, inputs: readonly string[], definition: unknown): Variable;
    delete(): void;
  }
  export interface Module {
    variable(observer?: Observer): Variable;
    define(name: string | null, inputs: readonly string[], definition: unknown): Variable;
    redefine(name: string, inputs: readonly string[], definition: unknown): Variable;
  }
  export class Runtime {
    module(): Module;
    dispose(): void;
  }
  export class RuntimeError extends Error {
    /** The name that was waited for. */
    readonly input: string | undefined;
  }
}
