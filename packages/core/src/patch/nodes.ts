// Finds the nodes of the syntax tree that values were made of, with places that count from the start of the file.
import type { Opening, Origin, Setting } from '../evaluate/index.js';
import {
  type Document,
  type Expression,
  type Node,
  readString,
  type Statement,
  type TableConstructor,
  tokenAt,
} from '../syntax/index.js';
import { firstIndex, type Range } from '../text/index.js';

/** A node of a file, with its place in the file. */
export interface Placed<Kind extends Node = Expression> extends Range {
  readonly node: Kind;
  /** Where the ranges of the node count from. */
  readonly base: number;
}

/** One entry of a table constructor; `start` and `end` are those of key and value, without the separator. */
export interface Entry extends Range {
  /** The place in the list for an entry without a key; undefined where the key is computed. */
  readonly key: string | number | boolean | undefined;
  readonly listed: boolean;
  readonly value: Placed;
  readonly separator: Range | null;
}

/** A table constructor; `start` and `end` include its braces. */
export interface TableNode extends Range {
  readonly document: Document;
  readonly file: string;
  readonly entries: readonly Entry[];
}

/** The top-level statement that a setting or opening is made by, or `undefined` where it is not one of its own. */
export function statementOf(document: Document, origin: { readonly start: number; readonly end: number }): Statement | undefined {
  const { statements } = document;
  const found = statements[firstIndex(statements, statement => statement.end > origin.start)];
  return found && found.start <= origin.start && origin.end <= found.end ? found : undefined;
}

/** Whether the setting is plainly there: a statement at the top of its file that surely runs, not code in a function or branch. */
export function isPlain(document: Document, setting: Setting | Opening): boolean {
  const statement = statementOf(document, setting.origin);
  return (
    setting.doubt === undefined && (statement?.node.type === 'AssignmentStatement' || statement?.node.type === 'CallStatement')
  );
}

/** The expression that stands exactly at an origin. */
export function expressionAt(document: Document, origin: Origin): Placed | undefined {
  const statement = statementOf(document, origin);
  if (!statement) return undefined;
  const { base } = statement;
  const found = search(statement.node as unknown as Node, origin.start - base, origin.end - base);
  return found && { node: found as Expression, base, start: origin.start, end: origin.end };
}

function search(node: Node, start: number, end: number): Node | undefined {
  const [from, to] = node.range;
  if (start < from || end > to) return undefined;
  if (from === start && to === end && EXPRESSIONS.has(node.type)) return node;
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (!one || typeof one !== 'object' || !('range' in one)) continue;
      const found = search(one as Node, start, end);
      if (found) return found;
    }
  }
  return undefined;
}

const EXPRESSIONS = new Set(
  'Identifier StringLiteral NumericLiteral BooleanLiteral NilLiteral VarargLiteral TableConstructorExpression UnaryExpression BinaryExpression LogicalExpression MemberExpression IndexExpression CallExpression TableCallExpression StringCallExpression FunctionDeclaration'.split(
    ' ',
  ),
);

/** The table that is written at an origin, or undefined where something else is. */
export function tableAt(document: Document, origin: Origin): TableNode | undefined {
  const placed = expressionAt(document, origin);
  return placed && tableOf(document, origin.file, placed);
}

export function tableOf(document: Document, file: string, placed: Placed): TableNode | undefined {
  if (placed.node.type !== 'TableConstructorExpression') return undefined;
  let position = 0;
  const entries = (placed.node as TableConstructor).fields.map((field): Entry => {
    const start = placed.base + field.range[0];
    const end = placed.base + field.range[1];
    const { value } = field;
    const behind = tokenAt(document.text, skipComments(document.text, end));
    const separator = /^[,;]$/.test(document.text.slice(behind.start, behind.end))
      ? { start: behind.start, end: behind.end }
      : null;
    const key =
      field.type === 'TableValue' ? ++position : field.type === 'TableKeyString' ? field.key.name : constantKey(field.key);
    return {
      start,
      end,
      key,
      listed: field.type === 'TableValue',
      value: { node: value, base: placed.base, start: placed.base + value.range[0], end: placed.base + value.range[1] },
      separator,
    };
  });
  return { document, file, start: placed.start, end: placed.end, entries };
}

function skipComments(text: string, offset: number): number {
  let at = offset;
  for (let token = tokenAt(text, at); token.kind === 'comment'; token = tokenAt(text, at)) at = token.end;
  return at;
}

function constantKey(key: Expression): string | number | boolean | undefined {
  if (key.type === 'StringLiteral') return readString(key.raw).value;
  if (key.type === 'NumericLiteral') return Number(key.raw);
  return key.type === 'BooleanLiteral' ? key.value : undefined;
}
