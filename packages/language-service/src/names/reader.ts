import {
  type Call,
  type Expression,
  type Identifier,
  type LuaStatement,
  readString,
  type TableConstructor,
} from '@prosodist/core';
import type { Atom, Stretch, ValuePath } from './atoms.js';
import { Blocks, type LocalName } from './blocks.js';

const OPENERS: Readonly<Record<string, 'host' | 'component'>> = {
  VirtualHost: 'host',
  Host: 'host',
  host: 'host',
  Component: 'component',
  component: 'component',
};
/** What is given the name of a file: configurations to read, and texts. */
const READERS: Readonly<Record<string, 'include' | 'file'>> = {
  Include: 'include',
  include: 'include',
  RunScript: 'file',
  FileContents: 'file',
  FileLine: 'file',
  FileLines: 'file',
};

/** Walks through one statement and gathers its names and strings. */
export class Reader {
  readonly list: Atom[] = [];
  readonly blocks = new Blocks();

  private name({ name, range: [start, end] }: Identifier, role: 'write' | 'append' | 'call' | 'base' | 'read'): void {
    const local = this.blocks.find(name);
    if (local) this.list.push({ kind: 'local', local, role: role === 'write' ? 'write' : 'read', start, end });
    else this.list.push({ kind: 'free', name, role, start, end });
  }

  private declare(names: readonly Expression[], kind: LocalName['kind']): void {
    for (const node of names) {
      if (node.type !== 'Identifier') continue;
      const [start, end] = node.range;
      const local = this.blocks.declare({ name: node.name, start, end, kind });
      this.list.push({ kind: 'local', local, role: 'definition', start, end });
    }
  }

  private block(body: readonly LuaStatement[], before: () => void = () => undefined, behind: () => void = () => undefined): void {
    this.blocks.enter();
    before();
    for (const statement of body) this.statement(statement);
    behind();
    this.blocks.leave();
  }

  statement(node: LuaStatement): void {
    switch (node.type) {
      case 'LocalStatement':
        for (const value of node.init) this.expression(value, []);
        this.declare(node.variables, 'variable');
        return;
      case 'AssignmentStatement':
        this.assignment(node.variables, node.init);
        return;
      case 'CallStatement':
        this.expression(node.expression, []);
        return;
      case 'ReturnStatement':
        for (const value of node.arguments) this.expression(value, []);
        return;
      case 'IfStatement':
        for (const clause of node.clauses) {
          if (clause.condition) this.expression(clause.condition, []);
          this.block(clause.body);
        }
        return;
      case 'WhileStatement':
        this.expression(node.condition, []);
        this.block(node.body);
        return;
      case 'RepeatStatement':
        // the condition sees the locals of the body
        this.block(node.body, undefined, () => this.expression(node.condition, []));
        return;
      case 'DoStatement':
        this.block(node.body);
        return;
      case 'ForNumericStatement':
        for (const value of [node.start, node.end, node.step]) if (value) this.expression(value, []);
        this.block(node.body, () => this.declare([node.variable], 'variable'));
        return;
      case 'ForGenericStatement':
        for (const value of node.iterators) this.expression(value, []);
        this.block(node.body, () => this.declare(node.variables, 'variable'));
        return;
      case 'FunctionDeclaration':
        this.function(node);
        return;
    }
  }

  private assignment(variables: readonly Expression[], init: readonly Expression[]): void {
    for (const variable of variables) {
      if (variable.type === 'Identifier') this.name(variable, 'write');
      else this.expression(variable, []);
    }
    init.forEach((value, index) => {
      const variable = variables[index];
      const option = variable?.type === 'Identifier' && !this.blocks.find(variable.name) ? [variable.name] : [];
      this.expression(value, option);
    });
  }

  private function(node: Extract<LuaStatement, { type: 'FunctionDeclaration' }>): void {
    const { identifier } = node;
    if (identifier?.type === 'Identifier') {
      if (node.isLocal) this.declare([identifier], 'function');
      else this.name(identifier, 'write');
    } else if (identifier) this.expression(identifier, []);
    this.block(node.body, () => this.declare(node.parameters, 'parameter'));
  }

  /** @param path of the option that the value is for; empty where it is for none */
  private expression(node: Expression, path: ValuePath): void {
    switch (node.type) {
      case 'Identifier':
        this.name(node, 'read');
        return;
      case 'StringLiteral':
        this.string(node, content => ({ kind: 'string', raw: node.raw, from: node.range[0], path, ...content }));
        return;
      case 'TableConstructorExpression':
        this.table(node, path);
        return;
      case 'UnaryExpression':
        this.expression(node.argument, path);
        return;
      case 'BinaryExpression':
      case 'LogicalExpression':
        this.expression(node.left, path);
        this.expression(node.right, path);
        return;
      case 'MemberExpression':
        if (node.base.type === 'Identifier') this.name(node.base, 'base');
        else this.expression(node.base, []);
        return;
      case 'IndexExpression':
        this.expression(node.base, []);
        this.expression(node.index, []);
        return;
      case 'FunctionDeclaration':
        this.function(node);
        return;
      case 'CallExpression':
      case 'TableCallExpression':
      case 'StringCallExpression':
        this.call(node);
        return;
    }
  }

  private string(
    { raw, range: [from] }: Extract<Expression, { type: 'StringLiteral' }>,
    make: (content: { text: string; start: number; end: number }) => Atom,
  ): void {
    const { value: text, sourceOffset } = readString(raw);
    this.list.push(make({ text, start: from + sourceOffset(0), end: from + sourceOffset(text.length) }));
  }

  /** @param options whether the keys are options, as in the table behind an opening */
  private table({ fields }: TableConstructor, path: ValuePath, options = false): void {
    let position = 0;
    for (const field of fields) {
      if (field.type === 'TableValue') {
        this.expression(field.value, path.length > 0 ? [...path, ++position] : []);
        continue;
      }
      const written = field.key.type === 'Identifier' && field.type === 'TableKeyString' ? field.key.name : undefined;
      const key = written ?? (field.key.type === 'StringLiteral' ? readString(field.key.raw).value : undefined);
      const inside = key === undefined || (path.length === 0 && !options) ? [] : [...path, key];
      if (inside.length === 0) {
        if (field.type === 'TableKey') this.expression(field.key, []);
      } else if (field.key.type === 'StringLiteral') this.string(field.key, content => keyAtom(inside, content, options));
      else this.list.push(keyAtom(inside, { start: field.key.range[0], end: field.key.range[1] }, options));
      this.expression(field.value, inside);
    }
  }

  private call(node: Call): void {
    const { base } = node;
    const given = argumentOf(node);
    const global = (callee: Expression) =>
      callee.type === 'Identifier' && !this.blocks.find(callee.name) ? callee.name : undefined;
    const name = global(base);
    if (name !== undefined && given) {
      const opener = OPENERS[name];
      const reader = READERS[name];
      if (opener || reader) {
        this.list.push({ kind: 'free', name, role: 'call', start: base.range[0], end: base.range[1] });
        if (given.type !== 'StringLiteral') {
          this.expression(given, []);
          return;
        }
        this.string(given, content =>
          opener ? { kind: 'opened', component: opener === 'component', ...content } : { kind: reader ?? 'file', ...content },
        );
        return;
      }
      if (given.type === 'TableConstructorExpression') {
        this.name(base as Identifier, 'append');
        this.table(given, [name]);
        return;
      }
    }
    if (isCall(base) && given) {
      const opener = global(base.base);
      if (opener !== undefined && OPENERS[opener]) {
        this.call(base);
        if (given.type === 'TableConstructorExpression') {
          this.table(given, [], true);
          return;
        }
        if (given.type === 'StringLiteral') {
          this.string(given, content => ({ kind: 'module', ...content }));
          return;
        }
        this.expression(given, []);
        return;
      }
      // `Component "name" "module" { … }`
      if (isCall(base.base) && OPENERS[global(base.base.base) ?? ''] && given.type === 'TableConstructorExpression') {
        this.call(base);
        this.table(given, [], true);
        return;
      }
    }
    this.other(node, given);
  }

  private other(node: Call, given: Expression | undefined): void {
    const { base } = node;
    if (base.type === 'Identifier') this.name(base, 'call');
    else if (base.type === 'MemberExpression' && base.indexer === ':' && base.base.type === 'Identifier') {
      const append = base.identifier.name === 'append' && !this.blocks.find(base.base.name);
      this.name(base.base, append ? 'append' : 'base');
      if (append && given) {
        this.expression(given, [base.base.name]);
        return;
      }
    } else this.expression(base, []);
    if (node.type === 'CallExpression') for (const value of node.arguments) this.expression(value, []);
    else if (given) this.expression(given, []);
  }
}

function keyAtom(path: ValuePath, { start, end }: Stretch, option: boolean): Atom {
  return option ? { kind: 'entry', name: String(path[0]), start, end } : { kind: 'key', path, start, end };
}

function isCall(node: Expression): node is Call {
  return /CallExpression$/.test(node.type);
}

/** The one argument of a call. */
function argumentOf(node: Call): Expression | undefined {
  if (node.type === 'CallExpression') return node.arguments.length === 1 ? node.arguments[0] : undefined;
  return node.type === 'TableCallExpression' ? node.arguments : node.argument;
}
