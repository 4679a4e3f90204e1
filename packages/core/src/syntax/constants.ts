import type { Node } from './ast.js';
import type { Statement, SyntaxProblem } from './document.js';
import { tokenBehind } from './jumps.js';

/** Names of one block: whether each is a constant. */
interface Names {
  readonly constants: Map<string, boolean>;
  readonly around: Names | undefined;
}

type AnyNode = Node & { readonly [key: string]: unknown };

/**
 * Assignments to `<const>` and `<close>` locals, which Lua refuses when it compiles (check_readonly of lparser.c of 5.4).
 * luaparse does not know the attributes, so they are found in the text behind the names.
 */
export function constantProblems(text: string, statements: readonly Statement[]): SyntaxProblem[] {
  if (!/<\s*(?:const|close)\s*>/.test(text)) return [];
  const problems: SyntaxProblem[] = [];
  let base = 0;
  const place = (node: AnyNode) => ({ start: base + node.range[0], end: base + node.range[1] });

  const refuse = (target: AnyNode, names: Names, luaStop: number) => {
    if (target.type !== 'Identifier' || !isConstant(names, target.name as string)) return;
    problems.push({
      ...place(target),
      message: `attempt to assign to const variable '${target.name}'`,
      help: 'The local was declared with `<const>` or `<close>`. Remove that, or use another name.',
      lost: { start: place(target).start, end: place(target).start },
      luaStop,
    });
  };
  const declare = (names: Names, variable: AnyNode) => {
    if (variable.type !== 'Identifier') return;
    const constant = /^\s*<\s*(?:const|close)\s*>/.test(text.slice(place(variable).end, place(variable).end + 200));
    names.constants.set(variable.name as string, constant);
  };
  const body = (nodes: unknown, around: Names, variables: readonly AnyNode[] = []) => {
    const names: Names = { constants: new Map(), around };
    for (const variable of variables) declare(names, variable);
    for (const node of nodes as AnyNode[]) visit(node, names);
    return names;
  };
  const visit = (node: AnyNode, names: Names): void => {
    const { type } = node;
    if (type === 'LocalStatement') {
      for (const value of node.init as AnyNode[]) visit(value, names);
      for (const variable of node.variables as AnyNode[]) declare(names, variable);
    } else if (type === 'AssignmentStatement') {
      for (const target of node.variables as AnyNode[]) refuse(target, names, tokenBehind(text, place(target).end).start);
      children(node, names);
    } else if (type === 'FunctionDeclaration') {
      const identifier = node.identifier as AnyNode | null;
      if (identifier && node.isLocal) declare(names, identifier);
      body(node.body, names, node.parameters as AnyNode[]);
      if (identifier && !node.isLocal) refuse(identifier, names, tokenBehind(text, place(node).end).start);
    } else if (type === 'RepeatStatement') visit(node.condition as AnyNode, body(node.body, names));
    else if (Array.isArray(node.body)) {
      const variables = (node.variables ?? (node.variable ? [node.variable] : [])) as AnyNode[];
      for (const [key, child] of Object.entries(node)) if (!['body', 'variable', 'variables'].includes(key)) into(child, names);
      body(node.body, names, variables);
    } else children(node, names);
  };
  const children = (node: AnyNode, names: Names) => {
    for (const child of Object.values(node)) into(child, names);
  };
  const into = (child: unknown, names: Names) => {
    if (Array.isArray(child)) for (const one of child) into(one, names);
    else if (child && typeof child === 'object' && 'type' in child) visit(child as AnyNode, names);
  };

  const top: Names = { constants: new Map(), around: undefined };
  try {
    for (const statement of statements) {
      base = statement.base;
      visit(statement.node as unknown as AnyNode, top);
    }
  } catch (error) {
    // what is nested too deeply is not looked through
    if (!(error instanceof RangeError)) throw error;
  }
  return problems;
}

function isConstant(names: Names, name: string): boolean {
  for (let at: Names | undefined = names; at; at = at.around) {
    const constant = at.constants.get(name);
    if (constant !== undefined) return constant;
  }
  return false;
}
