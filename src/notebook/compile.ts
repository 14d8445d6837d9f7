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
   * name. Each line of the cell is the same line of it.
   */
  readonly source: string;
  /** Where in the cell what stands at a place of `source` was written. */
  written(place: Place): Place;
  readonly isExpression: boolean;
}

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
    refuseModules(program);
    const inputs = without(referencesOf(program), given);
    const declared = isExpression ? [] : declarationsOf(program as acorn.Program);
    for (const id of declared) {
      if (given.includes(id.name)) throw new CellError(`${id.name} is a name of the notebook itself. Choose another.`, placeOf(id));
    }
    const outputs = [...new Set(declared.map(({name}) => name))];
    const head = `(async (${[...given, ...inputs.keys()].join(", ")}) => {${isExpression ? "return (" : ""}`;
    // On a line of its own, behind what may be a comment.
    const tail = isExpression ? "\n)})" : `\nreturn {${outputs.join(", ")}};})`;
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
function behind(head: string, {line, column}: Place): Place {
  return {line, column: line === 1 ? Math.max(0, column - head.length) : column};
}

/** Hands on what `work` gives; what it throws is told with the place in the cell as it was written. */
function placedBy<T>(written: (place: Place) => Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CellError && error.place ? new CellError(error.message, written(error.place)) : error;
  }
}

/** Markdown with values in it: what stands in `${...}` is an expression, but behind a backslash. All stands in one line. */
function compileText(text: string, given: readonly string[]): CompiledCell {
  const parts: string[] = [];
  const inputs = new Map<string, Place>();
  let done = 0;
  /** Of a value that is not escaped. */
  const next = () => {
    let start = text.indexOf("${", done);
    while (start > 0 && text[start - 1] === "\\") start = text.indexOf("${", start + 2);
    return start;
  };
  const literal = (from: number, to?: number) => JSON.stringify(text.slice(from, to).replaceAll("\\${", "${"));
  for (let start = next(); start >= 0; start = next()) {
    parts.push(literal(done, start));
    const expression = expressionAt(text, start + 2);
    const end = text.indexOf("}", expression.end);
    if (end < 0 || text.slice(expression.end, end).trim() !== "")
      throw new CellError("What begins with ${ has to end with }.", placeAt(text, start));
    for (const [name, place] of without(referencesOf(expression), given)) if (!inputs.has(name)) inputs.set(name, place);
    parts.push(`(${text.slice(start + 2, end).replaceAll("\n", " ")})`);
    done = end + 1;
  }
  parts.push(literal(done));
  const head = `(async (${[...given, ...inputs.keys()].join(", ")}) => [`;
  return {inputs, outputs: [], source: `${head}${parts.join(", ")}])`, written: (place) => behind(head, place), isExpression: true};
}

function without(references: References, given: readonly string[]): References {
  return new Map([...references].filter(([name]) => !given.includes(name)));
}

/** A cell's code as acorn reads it, without its types. */
interface Parsed extends WithoutTypes {
  readonly program: acorn.AnyNode;
  readonly isExpression: boolean;
}

/** @returns null where it is more than one expression, or something else */
function parseExpression(text: string): Parsed | null {
  try {
    // In brackets what begins like a block is an object.
    const bracketed = withoutTypes(`(${text}\n)`);
    const program = acorn.parse(bracketed.text, OPTIONS);
    const [only, ...others] = program.body;
    if (only?.type !== "ExpressionStatement" || others.length > 0) return null;
    const {expression} = only;
    // A function or a class with a name declares that.
    if ((expression.type === "FunctionExpression" || expression.type === "ClassExpression") && expression.id) return null;
    const plain = bracketed.text.slice(1, -2);
    const inBrackets = ({line, column}: Place) => ({line, column: line === 1 ? column + 1 : column});
    return {
      program: acorn.parseExpressionAt(plain, 0, OPTIONS),
      text: plain,
      written: (place) => behind("(", bracketed.written(inBrackets(place))),
      isExpression: true
    };
  } catch {
    return null;
  }
}

function parseProgram(text: string): Parsed {
  let code: WithoutTypes = {text, written: (place) => place};
  let typed: CellError | null = null;
  try {
    code = withoutTypes(text);
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    typed = error;
  }
  try {
    return {...code, program: acorn.parse(code.text, OPTIONS), isExpression: false};
  } catch (error) {
    const {message, place: plain} = syntaxError(error);
    const place = plain && code.written(plain);
    // Who came further knows more of the cell: what has types ends there where the first of them stands, read without.
    const further = typed && isBehind(typed.place, place) ? typed : new CellError(message, place);
    throw new CellError(`This is neither JavaScript nor TypeScript: ${further.message}.`, further.place);
  }
}

function isBehind(one: Place | null, other: Place | null): boolean {
  if (!one || !other) return false;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

function expressionAt(text: string, position: number): acorn.Expression {
  try {
    return acorn.parseExpressionAt(text, position, OPTIONS);
  } catch (error) {
    const {message, place} = syntaxError(error);
    throw new CellError(`This is no JavaScript: ${message}.`, place);
  }
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

/** What acorn says of a text that it cannot read. */
function syntaxError(error: unknown): {readonly message: string; readonly place: Place | null} {
  const {message, loc} = error as SyntaxError & {readonly loc?: Place};
  return {message: message.replace(/ \(\d+:\d+\)$/, ""), place: loc ? {line: loc.line, column: loc.column} : null};
}

function placeAt(text: string, position: number): Place {
  const before = text.slice(0, position).split("\n");
  return {line: before.length, column: before.at(-1)!.length};
}
