import { type LuaLiteral, type LuaStatement, parse, readString } from '@prosodist/core';

type Expression = Extract<LuaStatement, { type: 'AssignmentStatement' }>['init'][number];

/** Why a text is no value: what is wrong, and at which of its characters. */
export interface ValueProblem {
  readonly problem: string;
  readonly offset: number;
}

/** What stands before the value, so that it can be parsed. */
const HEAD = 'x = ';

/** What Prosody offers for values that stand elsewhere. */
const READERS = new Set(['Credential', 'FileContents', 'FileLine', 'FileLines', 'os.getenv']);

/**
 * Reads a value as it is written in a configuration: text, number, boolean, a table of these, or what Prosody reads from
 * elsewhere (`Credential("ldap")`). What operations have no form for stays as it is written.
 */
export function luaValue(text: string): { readonly value: LuaLiteral } | ValueProblem {
  const source = text.trim();
  const lead = text.length - text.trimStart().length;
  const at = (offset: number) => Math.max(0, Math.min(offset - HEAD.length, source.length)) + lead;
  if (source === '') return { problem: 'nothing is no value', offset: 0 };
  const { problems, statements, comments } = parse(HEAD + source);
  const [problem] = problems;
  if (problem) return { problem: problem.message, offset: at(problem.start) };
  const [comment] = comments;
  if (comment) return { problem: 'a comment is no part of a value', offset: at(comment.start) };
  const [statement, second] = statements;
  const node = statement?.node;
  if (node?.type !== 'AssignmentStatement' || node.init.length !== 1 || second)
    return {
      problem: 'this is more than one value',
      offset: at(second?.start ?? (node as Assignment | undefined)?.init[1]?.range[0] ?? HEAD.length),
    };
  const flaw = flawOf(node.init[0]!, source);
  if (flaw) return { problem: flaw.problem, offset: at(flaw.offset) };
  return { value: literalOf(node.init[0]!, source) };
}

type Assignment = { readonly init: readonly Expression[] };

function sourceOf({ range: [start, end] }: Expression, source: string): string {
  return source.slice(start - HEAD.length, end - HEAD.length);
}

/** The first part of an expression that is not the same whenever Prosody reads it, and comes from no known place. */
function flawOf(node: Expression, source: string): ValueProblem | undefined {
  const not = (problem: string): ValueProblem => ({ problem, offset: node.range[0] });
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return undefined;
    case 'TableConstructorExpression':
      return first(
        node.fields.flatMap(field => [...(field.type === 'TableKey' ? [field.key] : []), field.value]),
        source,
      );
    case 'UnaryExpression':
      return first([node.argument], source);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return first([node.left, node.right], source);
    case 'NilLiteral':
      return not('nil is no value; `prosodist unset` takes an option away');
    case 'Identifier':
      if (node.name.startsWith('ENV_')) return undefined;
      return not(`\`${node.name}\` is a name and no value`);
    case 'CallExpression':
    case 'StringCallExpression':
      if (READERS.has(sourceOf(node.base, source)))
        return first(node.type === 'CallExpression' ? node.arguments : [node.argument], source);
      return not('only Credential, FileContents, FileLine, FileLines and os.getenv are called in values');
    default:
      return not('this is code and no value');
  }
}

function first(nodes: readonly Expression[], source: string): ValueProblem | undefined {
  for (const node of nodes) {
    const flaw = flawOf(node, source);
    if (flaw) return flaw;
  }
  return undefined;
}

function literalOf(node: Expression, source: string): LuaLiteral {
  const written = sourceOf(node, source);
  const raw = { raw: written };
  switch (node.type) {
    case 'StringLiteral':
      return readString(written).value;
    case 'BooleanLiteral':
      return node.value;
    case 'NumericLiteral':
      return plainNumber(written) ?? raw;
    case 'UnaryExpression':
      return (node.operator === '-' ? plainNumber(written) : undefined) ?? raw;
    case 'TableConstructorExpression': {
      const { fields } = node;
      if (fields.every(field => field.type === 'TableValue')) return fields.map(field => literalOf(field.value, source));
      const entries = fields.flatMap(field => {
        const key =
          field.type === 'TableKeyString' ? field.key.name : field.type === 'TableKey' ? textKey(field.key, source) : undefined;
        return key === undefined ? [] : [[key, literalOf(field.value, source)] as const];
      });
      const names = new Set(entries.map(([key]) => key));
      // an object `raw` alone is how operations write source
      const usual = names.size === fields.length && !(names.size === 1 && names.has('raw')) && !names.has('__proto__');
      return usual ? Object.fromEntries(entries) : raw;
    }
    default:
      return raw;
  }
}

function textKey(key: Expression, source: string): string | undefined {
  return key.type === 'StringLiteral' ? readString(sourceOf(key, source)).value : undefined;
}

/** A number that is written back as it came. */
function plainNumber(written: string): number | undefined {
  const number = Number(written);
  return String(number) === written ? number : undefined;
}
