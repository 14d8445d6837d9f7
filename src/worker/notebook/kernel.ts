import {Runtime, RuntimeError} from "@observablehq/runtime";
import type {Module, Variable} from "@observablehq/runtime";
import {compile} from "../../notebook/compile.js";
import type {CompiledCell} from "../../notebook/compile.js";
import type {Cell} from "../../notebook/notebook.js";
import {newQueue} from "../../queue.js";
import {failureOf} from "./failure.js";
import type {Failure} from "./failure.js";
import {Input} from "./inputs.js";
import type {FromCells} from "./messages.js";
import {present, textOf} from "./present.js";
import {openInputs} from "./set-inputs.js";
import type {OpenInputs} from "./set-inputs.js";
import type {Shown} from "./shown.js";
import {scoped} from "./tensor-scope.js";
import type {Scoped} from "./tensor-scope.js";

/** Names that each run of a cell has its own of. */
const GIVEN = ["display", "view"];
const INVALIDATION = "invalidation";

/** Runs the cells of a notebook, those anew whose values changed; Observable's runtime says which and when. */
export interface Kernel {
  /** Defines cells, or defines them anew. */
  define(cells: readonly Cell[]): void;
  remove(ids: readonly number[]): void;
  /** An input of a cell was set. */
  set(id: number, place: number, value: unknown): void;
  /** What a name in scope gives is another thing now: cells that use it run anew. */
  again(name: string): void;
  dispose(): void;
}

interface Defined {
  readonly variables: readonly Variable[];
  readonly outputs: readonly string[];
  readonly inputs: OpenInputs;
}

/**
 * @param options.scope what cells have in scope, by name
 * @param options.tell is told what becomes of each cell
 * @param options.onRun called with the signal that ends what a cell is at, when that begins to run
 * @param options.onDevice waits for what a cell computes, and throws where that is worthless
 */
export function createKernel({
  scope,
  tell,
  onRun,
  onDevice
}: {
  readonly scope: Readonly<Record<string, unknown>>;
  tell(message: FromCells): void;
  onRun(signal: AbortSignal): void;
  onDevice<T>(work: Promise<T>): Promise<T>;
}): Kernel {
  const runtime = new Runtime();
  const main: Module = runtime.module();
  // Functions are values here, and no definitions.
  for (const [name, value] of Object.entries(scope)) main.define(name, [], () => value);
  const cells = new Map<number, Defined>();
  /** One cell runs at a time: the tensors made meanwhile are its own. */
  const inTurn = newQueue();
  let runs = 0;

  const isNamed = (name: string) => [...cells.values()].some(({outputs}) => outputs.includes(name));

  function remove(id: number): void {
    const defined = cells.get(id);
    for (const variable of defined?.variables.toReversed() ?? []) variable.delete();
    defined?.inputs.close();
    cells.delete(id);
  }

  function fail(id: number, failure: Failure, shown: readonly Shown[] = []): void {
    tell({kind: "failed", id, ...failure, shown});
  }

  function define(cell: Cell): void {
    const {id} = cell;
    // What the reader set stays set where the cell still asks for it.
    const inputs = cells.get(id)?.inputs.again() ?? openInputs();
    remove(id);
    let compiled: CompiledCell;
    try {
      compiled = compile(cell, GIVEN);
      for (const name of compiled.outputs)
        if (Object.hasOwn(scope, name)) throw new Error(`${name} is a name of the notebook itself. Choose another.`);
    } catch (error) {
      cells.set(id, {variables: [], outputs: [], inputs});
      tell({kind: "named", id, names: []});
      return fail(id, failureOf(error));
    }
    const {outputs} = compiled;
    const names = [...compiled.inputs.keys()];
    const values = `cell ${id}`;
    /** Whether the page knows what is wrong. */
    let told = false;
    let done: readonly Shown[] | null = null;
    /** Names that another cell gives, too. */
    const twice = new Set<string>();
    const tellResult = () => {
      const [name] = twice;
      if (done && name === undefined) tell({kind: "done", id, shown: done});
      else if (done) fail(id, {message: namedTwice(name!), place: null}, done);
    };
    const rejected = (error: unknown) => {
      if (!told) fail(id, waitingFailure(error, compiled));
    };
    const variable = main.variable({pending: () => (told = false), rejected});
    variable.define(values, [INVALIDATION, ...names], (invalidation: Promise<void>, ...inputs: readonly unknown[]) => {
      const left = new AbortController();
      void invalidation.then(() => left.abort());
      return inTurn(() => run(inputs, invalidation, left.signal), left.signal);
    });
    const named = outputs.map((name) =>
      main
        .variable({
          rejected(error) {
            if (twiceIn(error) !== name || twice.has(name)) return;
            twice.add(name);
            tellResult();
          },
          fulfilled: () => twice.delete(name) && tellResult()
        })
        .define(name, [values], (exports: Record<string, unknown>) => exports[name])
    );
    cells.set(id, {variables: [variable, ...named], outputs, inputs});
    tell({kind: "named", id, names: outputs});

    async function run(args: readonly unknown[], invalidation: Promise<void>, signal: AbortSignal): Promise<unknown> {
      const script = `cell-${id}-${++runs}.js`;
      const shown: Promise<Shown>[] = [];
      inputs.begin();
      const display = (value: unknown) => {
        shown.push(present(value));
        return value;
      };
      const view = (input: unknown) => {
        if (!(input instanceof Input)) throw new TypeError("view takes an input, e.g. view(Inputs.range([1, 24], {step: 1})).");
        const {place, shown: drawn, values: set} = inputs.open(input);
        shown.push(Promise.resolve({kind: "input", place, input: drawn}));
        return set;
      };
      async function computed(): Promise<Record<string, unknown>> {
        const body = evaluate(compiled.source, script);
        const result = await awaited(await body(display, view, ...args), compiled);
        if (shown.length === 0) shown.push(...resultsOf(result, cell, compiled, inputs));
        await Promise.all(shown);
        return result;
      }
      told = false;
      done = null;
      tell({kind: "running", id});
      onRun(signal);
      let given: Scoped<Record<string, unknown>>;
      try {
        given = await scoped(() => onDevice(computed()));
      } catch (error) {
        const stood = (await Promise.allSettled(shown)).flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
        if (!signal.aborted) {
          told = true;
          fail(id, failureOf(error, {script, written: compiled.written}), stood);
        }
        throw error;
      }
      // In its turn: who runs now may still use them.
      void invalidation.then(() => inTurn(async () => given.dispose()));
      done = await Promise.all(shown);
      if (!signal.aborted) tellResult();
      return given.value;
    }
  }

  /** What a cell is told that could not begin to run. */
  function waitingFailure(error: unknown, {inputs}: CompiledCell): Failure {
    if (!(error instanceof RuntimeError)) return failureOf(error);
    const name = error.input;
    const place = (name !== undefined && inputs.get(name)) || null;
    const twice = twiceIn(error);
    if (twice !== undefined) return {message: namedTwice(twice), place: inputs.get(twice) ?? place};
    if (error.message === "circular definition") return {message: "This cell waits for a value that waits for this cell.", place};
    if (name !== undefined && error.message === `${name} is not defined` && !isNamed(name))
      return {message: `${name} is not defined: no cell names it, and it is not in scope.`, place};
    return {message: `This cell waits for ${name ?? "a value"}, which could not be made.`, place};
  }

  return {
    define(changed) {
      for (const cell of changed) define(cell);
    },
    remove: (ids) => ids.forEach(remove),
    set: (id, place, value) => cells.get(id)?.inputs.set(place, value),
    again: (name) => void main.redefine(name, [], () => scope[name]),
    dispose: () => runtime.dispose()
  };
}

/** The name that an error of the runtime says is defined more than once. */
function twiceIn(error: unknown): string | undefined {
  return error instanceof RuntimeError ? /^(.*) is defined more than once$/.exec(error.message)?.[1] : undefined;
}

function namedTwice(name: string): string {
  return `${name} is named by more than one cell. Rename one of them.`;
}

type Body = (...args: readonly unknown[]) => Promise<unknown>;

function evaluate(source: string, script: string): Body {
  // Indirectly, so that a cell sees what is global and nothing of this module.
  return (0, eval)(`${source}\n//# sourceURL=${script}`) as Body;
}

/** What a cell gave, its promises kept: what they make is the cell's. By name; an expression has none. */
async function awaited(given: unknown, {isExpression}: CompiledCell): Promise<Record<string, unknown>> {
  if (isExpression) return {"": given};
  const entries = Object.entries(given as Record<string, unknown>);
  return Object.fromEntries(await Promise.all(entries.map(async ([name, value]) => [name, await value] as const)));
}

/** What stands under a cell that displays nothing itself: its value, or those that it names; a function says itself what it is. */
function resultsOf(result: Record<string, unknown>, {mode}: Cell, {isExpression}: CompiledCell, inputs: OpenInputs): Promise<Shown>[] {
  if (mode === "md") {
    const parts = result[""] as readonly unknown[];
    // Every other part is a value.
    return [Promise.resolve({kind: "markdown", text: parts.map((part, index) => (index % 2 === 0 ? part : textOf(part))).join("")})];
  }
  if (!isExpression) {
    return Object.entries(result)
      .filter(([, value]) => !inputs.isValues(value) && typeof value !== "function")
      .map(async ([name, value]) => ({...(await present(value)), name}));
  }
  return result[""] === undefined ? [] : [present(result[""])];
}
