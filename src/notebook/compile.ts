import * as acorn from "acorn";
import {simple} from "acorn-walk";
import {CellError} from "./cell-error.js";
import type {Cell, Place} from "./notebook.js";
import {declarationsOf, placeOf, referencesOf} from "./references.js";
import type {References} from "./references.js";

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
  /** How much further right the first line stands there than in the cell. */
  readonly shift: number;
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
  const expression = parseExpression(text);
  const program = expression ?? parseProgram(text);
  refuseModules(program);
  const inputs = without(referencesOf(program), given);
  const declared = expression ? [] : declarationsOf(program as acorn.Program);
  for (const id of declared) {
    if (given.includes(id.name)) throw new CellError(`${id.name} is a name of the notebook itself. Choose another.`, placeOf(id));
  }
  const outputs = [...new Set(declared.map(({name}) => name))];
  const head = `(async (${[...given, ...inputs.keys()].join(", ")}) => {${expression ? "return (" : ""}`;
  // On a line of its own, behind what may be a comment.
  const tail = expression ? "\n)})" : `\nreturn {${outputs.join(", ")}};})`;
  return {inputs, outputs, source: head + text + tail, shift: head.length, isExpression: expression !== null};
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
  return {inputs, outputs: [], source: `${head}${parts.join(", ")}])`, shift: head.length, isExpression: true};
}

function without(references: References, given: readonly string[]): References {
  return new Map([...references].filter(([name]) => !given.includes(name)));
}

/** @returns null where it is more than one expression, or something else */
function parseExpression(text: string): acorn.Expression | null {
  try {
    const program = acorn.parse(`(${text}\n)`, OPTIONS);
    const [only, ...others] = program.body;
    if (only?.type !== "ExpressionStatement" || others.length > 0) return null;
    const {expression} = only;
    // A function or a class with a name declares that.
    if ((expression.type === "FunctionExpression" || expression.type === "ClassExpression") && expression.id) return null;
    // Places are those in the text itself.
    return acorn.parseExpressionAt(text, 0, OPTIONS);
  } catch {
    return null;
  }
}

function parseProgram(text: string): acorn.Program {
  try {
    return acorn.parse(text, OPTIONS);
  } catch (error) {
    throw syntaxError(error);
  }
}

function expressionAt(text: string, position: number): acorn.Expression {
  try {
    return acorn.parseExpressionAt(text, position, OPTIONS);
  } catch (error) {
    throw syntaxError(error);
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

function syntaxError(error: unknown): CellError {
  const {message, loc} = error as SyntaxError & {readonly loc?: Place};
  return new CellError(
    `This is no JavaScript: ${message.replace(/ \(\d+:\d+\)$/, "")}.`,
    loc ? {line: loc.line, column: loc.column} : null
  );
}

function placeAt(text: string, position: number): Place {
  const before = text.slice(0, position).split("\n");
  return {line: before.length, column: before.at(-1)!.length};
}
