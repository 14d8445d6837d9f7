import * as acorn from "acorn";
import {simple} from "acorn-walk";
import {CellError} from "./cell-error.js";
import type {Cell, Place} from "./notebook.js";
import {declarationsOf, placeOf, referencesOf} from "./references.js";
import type {References} from "./references.js";
import {withoutTypes} from "./without-types.js";
import type {WithoutTypes} from "./without-types.js";

/** A cell as the text of a function, and what it has to do with other cells. */
export interface CompiledCell {
  /** Names that it uses and does not declare, each with the place of its first use. */
  readonly inputs: References;
  /** Names that it gives to other cells. */
  readonly outputs: readonly string[];
  /**
   * An async function of `given`, which are its own, then its inputs. It returns what its expression is, or the values of its outputs by
   * name. Each line of a program is the same line of it.
   */
  readonly source: string;
  /** Where in the cell what stands at a place of `source` was written. */
  written(place: Place): Place;
  readonly isExpression: boolean;
}

/** Ends what an opened bracket holds: on a line of its own, behind what may be a comment. */
const BRACKET = "\n)";

const OPTIONS: acorn.Options = {ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true, locations: true};

/**
 * Turns a cell into a function.
 *
 * @param given names that each cell has its own of
 * @throws CellError with a sentence and the place that it is about
 */
export function compile({mode, text}: Pick<Cell, "mode" | "text">, given: readonly string[]): CompiledCell {
  return mode === "md" ? compileText(text, given) : compileCode(text, given);
}

function compileCode(text: string, given: readonly string[]): CompiledCell {
  const {program, isExpression, text: plain, written} = parseExpression(text) ?? parseProgram(text);
  return placedBy(written, () => {
    const inputs = inputsOf(program, given);
    const declared = isExpression ? [] : declarationsOf(program as acorn.Program);
    for (const id of declared) {
      if (given.includes(id.name)) throw new CellError(`${id.name} is a name of the notebook itself. Choose another.`, placeOf(id));
    }
    const outputs = [...new Set(declared.map(({name}) => name))];
    const head = `(async (${[...given, ...inputs.keys()].join(", ")}) => {${isExpression ? "return (" : ""}`;
    const tail = isExpression ? `${BRACKET}})` : `\nreturn {${outputs.join(", ")}};})`;
    return {
      inputs: new Map([...inputs].map(([name, place]) => [name, written(place)])),
      outputs,
      source: head + plain + tail,
      written: (place) => written(behind(head, place)),
      isExpression
    };
  });
}

/** A place of a text that stands behind another on the first line, as a place of that text itself. */
function behind(head: string, place: Place): Place {
  return within({line: 1, column: head.length}, place);
}

/** A place of a text, as a place of the part of it that begins at `origin`. */
function within(origin: Place, {line, column}: Place): Place {
  return {line: line - origin.line + 1, column: line === origin.line ? Math.max(0, column - origin.column) : column};
}

/** A place of the part of a text that begins at `origin`, as a place of the text. */
function outOf(origin: Place, {line, column}: Place): Place {
  return {line: line + origin.line - 1, column: line === 1 ? column + origin.column : column};
}

/** Hands on what `work` gives; what it throws is told with the place in the cell as it was written. */
function placedBy<T>(written: (place: Place) => Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CellError && error.place ? new CellError(error.message, written(error.place)) : error;
  }
}

/** Markdown with values in it: what stands in `${...}` is an expression, but behind a backslash. */
function compileText(text: string, given: readonly string[]): CompiledCell {
  const literals: string[] = [];
  const values: Value[] = [];
  let done = 0;
  /** Of a value that is not escaped. */
  const next = () => {
    let start = text.indexOf("${", done);
    while (start > 0 && text[start - 1] === "\\") start = text.indexOf("${", start + 2);
    return start;
  };
  const literal = (from: number, to?: number) => JSON.stringify(text.slice(from, to).replaceAll("\\${", "${"));
  for (let start = next(); start >= 0; start = next()) {
    const value = valueAt(text, start);
    literals.push(literal(done, start));
    values.push(value);
    done = value.end + 1;
  }
  const inputs = new Map<string, Place>();
  for (const {program, written} of values) {
    for (const [name, place] of placedBy(written, () => inputsOf(program, given))) if (!inputs.has(name)) inputs.set(name, written(place));
  }
  let source = `(async (${[...given, ...inputs.keys()].join(", ")}) => [`;
  const begins: Place[] = [];
  for (const [index, value] of values.entries()) {
    source += `${literals[index]}, (`;
    begins.push(placeAt(source, source.length));
    source += `${value.text}${BRACKET}, `;
  }
  return {
    inputs,
    outputs: [],
    source: `${source}${literal(done)}])`,
    written(place) {
      const index = begins.findLastIndex((begin) => !isBehind(begin, place));
      return index < 0 ? {line: 1, column: 0} : values[index]!.written(within(begins[index]!, place));
    },
    isExpression: true
  };
}

/** A value in a text. */
interface Value extends Parsed {
  /** Where the bracket stands that ends it. */
  readonly end: number;
}

/** The value in a text that `${` at `start` begins. */
function valueAt(text: string, start: number): Value {
  const from = start + 2;
  const origin = placeAt(text, from);
  // It ends at the first bracket behind an expression: at a bracket of its own, what is before it leaves a string or a block open.
  for (let end = text.indexOf("}", from); end >= 0; end = text.indexOf("}", end + 1)) {
    try {
      const value = parseBracketed(text.slice(from, end));
      return {...value, end, written: (place) => outOf(origin, value.written(place))};
    } catch {
      // It is longer.
    }
  }
  const wrong = text.includes("}", from) ? wrongWithValue(text, from) : [];
  throw wrong.length > 0 ? neither(wrong) : new CellError("What begins with ${ has to end with }.", placeAt(text, start));
}

/** What is wrong with the value that begins at `from`, as JavaScript and as TypeScript. */
function wrongWithValue(text: string, from: number): CellError[] {
  const plain = wrongWith(() => acorn.parseExpressionAt(text, from, OPTIONS));
  const typed = wrongWith(() => withoutTypes(`(${text.slice(from)}`));
  return [
    ...(plain ? [plain] : []),
    ...(typed?.place
      ? [new CellError(typed.message.replace('expected ")"', 'expected "}"'), outOf(placeAt(text, from), behind("(", typed.place)))]
      : [])
  ];
}

/** @throws CellError where it imports something, or changes what is another cell's */
function inputsOf(program: acorn.AnyNode, given: readonly string[]): References {
  refuseModules(program);
  return new Map([...referencesOf(program)].filter(([name]) => !given.includes(name)));
}

/** A cell's code as acorn reads it, without its types. */
interface Parsed extends WithoutTypes {
  readonly program: acorn.AnyNode;
  readonly isExpression: boolean;
}

/** @returns null where it is more than one expression, or something else */
function parseExpression(text: string): Parsed | null {
  try {
    const parsed = parseBracketed(text);
    const {program} = parsed;
    // A function or a class with a name declares that.
    return (program.type === "FunctionExpression" || program.type === "ClassExpression") && program.id ? null : parsed;
  } catch {
    return null;
  }
}

/**
 * Reads a text as an expression: in brackets, where what begins like a block is an object.
 *
 * @throws where it is more than one, or something else
 */
function parseBracketed(text: string): Parsed {
  const bracketed = withoutTypes(`(${text}${BRACKET}`);
  const [only, ...others] = acorn.parse(bracketed.text, {...OPTIONS, preserveParens: true}).body;
  // A text with brackets of its own may end ours: a) + (b.
  if (only?.type !== "ExpressionStatement" || only.expression.type !== "ParenthesizedExpression" || others.length > 0)
    throw new CellError("This is more than one expression.", null);
  const plain = bracketed.text.slice(1, -BRACKET.length);
  return {
    program: acorn.parseExpressionAt(plain, 0, OPTIONS),
    text: plain,
    written: ({line, column}) => behind("(", bracketed.written({line, column: line === 1 ? column + 1 : column})),
    isExpression: true
  };
}

function parseProgram(text: string): Parsed {
  let code: WithoutTypes = {text, written: (place) => place};
  const wrong: CellError[] = [];
  try {
    code = withoutTypes(text);
  } catch (error) {
    wrong.push(asCellError(error));
  }
  try {
    return {...code, program: acorn.parse(code.text, OPTIONS), isExpression: false};
  } catch (error) {
    const {message, place} = asCellError(error);
    throw neither([new CellError(message, place && code.written(place)), ...wrong]);
  }
}

/** That a program is neither JavaScript nor TypeScript: who came further knows more of it, for what has types ends early for the other. */
function neither(wrong: readonly CellError[]): CellError {
  const {message, place} = wrong.reduce((furthest, other) => (isBehind(other.place, furthest.place) ? other : furthest));
  return new CellError(`This is neither JavaScript nor TypeScript: ${message}.`, place);
}

function wrongWith(read: () => unknown): CellError | null {
  try {
    read();
    return null;
  } catch (error) {
    return asCellError(error);
  }
}

/** What a parser says of a text that it cannot read. */
function asCellError(error: unknown): CellError {
  if (error instanceof CellError) return error;
  const {message, loc} = error as SyntaxError & {readonly loc?: Place};
  return new CellError(message.replace(/ \(\d+:\d+\)$/, ""), loc ? {line: loc.line, column: loc.column} : null);
}

function isBehind(one: Place | null, other: Place | null): boolean {
  if (!one || !other) return false;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

function refuseModules(program: acorn.AnyNode): void {
  const refuse = (node: acorn.Node) => {
    throw new CellError(
      "A cell imports and exports nothing: what it can use is in scope already, and its names are seen by all.",
      placeOf(node)
    );
  };
  simple(program, {
    ImportDeclaration: refuse,
    ImportExpression: refuse,
    ExportNamedDeclaration: refuse,
    ExportDefaultDeclaration: refuse,
    ExportAllDeclaration: refuse
  });
}

function placeAt(text: string, position: number): Place {
  const before = text.slice(0, position).split("\n");
  return {line: before.length, column: before.at(-1)!.length};
}
