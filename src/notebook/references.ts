import type * as acorn from "acorn";
import {ancestor} from "acorn-walk";
import {CellError} from "./cell-error.js";
import type {Place} from "./notebook.js";

/** A name that a cell uses and does not declare, and where it does so first. */
export type References = ReadonlyMap<string, Place>;

/** Names that belong to every function, or to JavaScript itself. */
const NO_REFERENCE = new Set(["undefined", "arguments"]);

type Node = acorn.AnyNode;

/**
 * The names that a piece of a program uses without declaring them.
 *
 * @throws CellError where it gives another value to one: the value is another cell's
 */
export function referencesOf(program: Node): References {
  const declared = declarationsByScope(program);
  const found = new Map<string, Place>();
  const isFree = (name: string, ancestors: readonly Node[]) =>
    !NO_REFERENCE.has(name) && !ancestors.some((node) => declared.get(node)?.has(name));
  const use = (node: acorn.Identifier, ancestors: readonly Node[]) => {
    if (isFree(node.name, ancestors) && !found.has(node.name)) found.set(node.name, placeOf(node));
  };
  const refuseChange = (target: Node, ancestors: readonly Node[]) => {
    for (const name of namesIn(target)) {
      if (!isFree(name.name, ancestors)) continue;
      throw new CellError(`${name.name} is no value of this cell, so it cannot be changed here. Name a new one: const ...`, placeOf(name));
    }
  };
  ancestor(program, {
    Identifier: (node, _, ancestors) => use(node, ancestors),
    Pattern: (node, _, ancestors) => {
      if ((node as Node).type === "Identifier") use(node as unknown as acorn.Identifier, ancestors);
    },
    AssignmentExpression: ({left}, _, ancestors) => refuseChange(left, ancestors),
    UpdateExpression: ({argument}, _, ancestors) => refuseChange(argument, ancestors)
  });
  return found;
}

/** The names that a program declares at its top. */
export function declarationsOf({body}: acorn.Program): acorn.Identifier[] {
  return body.flatMap((statement) => {
    switch (statement.type) {
      case "VariableDeclaration":
        return statement.declarations.flatMap(({id}) => namesIn(id));
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return [statement.id];
      default:
        return [];
    }
  });
}

export function placeOf({loc}: acorn.Node): Place {
  return {line: loc!.start.line, column: loc!.start.column};
}

/** The names that a pattern binds. */
function namesIn(pattern: Node | null): acorn.Identifier[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => namesIn(property.type === "RestElement" ? property : property.value));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "RestElement":
      return namesIn(pattern.argument);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    default:
      return [];
  }
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const BLOCKS = new Set(["BlockStatement", "SwitchStatement", "ForStatement", "ForInStatement", "ForOfStatement", "StaticBlock"]);

/** By each node that is a scope, the names declared in it. */
function declarationsByScope(program: Node): ReadonlyMap<Node, ReadonlySet<string>> {
  const declared = new Map<Node, Set<string>>();
  const declare = (scope: Node, names: readonly acorn.Identifier[]) => {
    const known = declared.get(scope) ?? new Set<string>();
    for (const {name} of names) known.add(name);
    declared.set(scope, known);
  };
  /** The innermost scope around a node, of functions alone or of blocks too. */
  const around = (ancestors: readonly Node[], ofBlocks: boolean) =>
    ancestors.slice(0, -1).findLast(({type}) => type === "Program" || FUNCTIONS.has(type) || (ofBlocks && BLOCKS.has(type))) ?? program;
  const declareFunction = (node: acorn.Function) => declare(node as Node, [...node.params.flatMap(namesIn), ...(node.id ? [node.id] : [])]);
  ancestor(program, {
    VariableDeclaration(node, _, ancestors) {
      const names = node.declarations.flatMap(({id}) => namesIn(id));
      declare(around(ancestors, node.kind !== "var"), names);
    },
    FunctionDeclaration(node, _, ancestors) {
      declare(around(ancestors, true), node.id ? [node.id] : []);
      declareFunction(node);
    },
    FunctionExpression: declareFunction,
    ArrowFunctionExpression: declareFunction,
    ClassDeclaration: (node, _, ancestors) => declare(around(ancestors, true), node.id ? [node.id] : []),
    ClassExpression: (node) => declare(node, node.id ? [node.id] : []),
    CatchClause: (node) => declare(node, namesIn(node.param ?? null))
  });
  return declared;
}
