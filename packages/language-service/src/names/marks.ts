import { firstIndex, GLOBAL, type Statement } from '@prosodist/core';
import type { TreeFile } from '../tree.js';
import { type Atom, atomsOf, type ValuePath } from './atoms.js';
import type { LocalName } from './blocks.js';
import { moduleNamed } from './moduleNames.js';

/** How a place names its thing: it is the thing's own place, it changes it, or it only speaks of it. */
export type Role = 'definition' | 'write' | 'read';

/** A place of a file that names something. Two marks of one kind and `id` mean the same thing. */
export interface Mark {
  readonly kind: 'host' | 'component' | 'option' | 'key' | 'module' | 'include' | 'file' | 'local' | 'function' | 'string';
  /** Prepared host, option, `ldap.user.basedn`, module with its prefix, path as written, place of a local's declaration. */
  readonly id: string;
  /** Offsets into the file, quotes left out. */
  readonly start: number;
  readonly end: number;
  readonly role: Role;
  /** 13.0's append. */
  readonly append?: true;
  /** Of a string: the way to the value that it is. */
  readonly path?: ValuePath;
  /** Of a string: its literal, quotes included, and where that starts. */
  readonly literal?: { readonly raw: string; readonly start: number };
  readonly local?: LocalName;
}

/** The marks of a stretch of a file, in the order of the text. What could not be parsed has none. */
export function marksIn(file: TreeFile, start = 0, end: number = file.document.text.length): Mark[] {
  const { statements } = file.document;
  const marks: Mark[] = [];
  for (let index = firstIndex(statements, statement => statement.end >= start); index < statements.length; index++) {
    const statement = statements[index]!;
    if (statement.start > end) break;
    for (const atom of atomsOf(statement.node).list) {
      if (atom.end + statement.base < start || atom.start + statement.base > end) continue;
      const mark = markOf(file, index, statement, atom);
      if (mark) marks.push(mark);
    }
  }
  return marks;
}

/** The mark that an offset is in or directly behind; undefined where there is none. */
export function markAt(file: TreeFile, offset: number): Mark | undefined {
  const touching = marksIn(file, offset, offset).filter(mark => mark.kind !== 'string');
  return touching.find(mark => offset < mark.end) ?? touching[0];
}

function markOf(file: TreeFile, index: number, { base }: Statement, atom: Atom): Mark | undefined {
  const start = atom.start + base;
  const end = atom.end + base;
  switch (atom.kind) {
    case 'local':
      return { kind: 'local', id: String(base + atom.local.start), local: atom.local, start, end, role: atom.role };
    case 'free':
      return freeMark(file, index, atom, start, end);
    case 'entry':
      return { kind: 'option', id: atom.name, start, end, role: 'write' };
    case 'key':
      return { kind: 'key', id: atom.path.join('.'), path: atom.path, start, end, role: 'write' };
    case 'opened': {
      const id = atom.text.toLowerCase();
      const section = file.configuration.sections.get(id);
      const component = section ? section.kind === 'component' : atom.component;
      return { kind: component ? 'component' : 'host', id, start, end, role: 'definition' };
    }
    case 'module':
      return { kind: 'module', id: atom.text, start, end, role: 'write' };
    case 'include':
    case 'file':
      return { kind: atom.kind, id: atom.text, start, end, role: 'read' };
    case 'string':
      return stringMark(file, atom, base, start, end);
  }
}

function freeMark(
  file: TreeFile,
  index: number,
  { name, role }: Extract<Atom, { kind: 'free' }>,
  start: number,
  end: number,
): Mark | undefined {
  const outer = localBefore(file, index, name);
  if (outer)
    return { kind: 'local', id: String(outer.at), local: outer.local, start, end, role: role === 'write' ? 'write' : 'read' };
  if (role === 'call' || role === 'base') return { kind: 'function', id: name, start, end, role: 'read' };
  if (role === 'append') return { kind: 'option', id: name, start, end, role: 'write', append: true };
  return { kind: 'option', id: name, start, end, role };
}

function stringMark(
  { configuration }: TreeFile,
  atom: Extract<Atom, { kind: 'string' }>,
  base: number,
  start: number,
  end: number,
): Mark {
  const { text, path, raw, from } = atom;
  const literal = { raw, start: base + from };
  const module = moduleNamed(path, text);
  if (module !== undefined) return { kind: 'module', id: module, start, end, role: 'write', path, literal };
  const host = text === GLOBAL ? undefined : configuration.sections.get(text.toLowerCase());
  if (host && host.openings.length > 0)
    return { kind: host.kind === 'component' ? 'component' : 'host', id: host.name, start, end, role: 'read', path, literal };
  return { kind: 'string', id: text, start, end, role: 'read', path, literal };
}

interface Declared {
  readonly local: LocalName;
  /** Offset of its name in the file. */
  readonly at: number;
  /** The statement that declares it. */
  readonly index: number;
}

const declared = new WeakMap<object, ReadonlyMap<string, readonly Declared[]>>();

/** The local of the file's own block that a name means in a statement. */
function localBefore({ document }: TreeFile, index: number, name: string): Declared | undefined {
  let locals = declared.get(document);
  if (!locals) {
    locals = outerLocals(document.statements);
    declared.set(document, locals);
  }
  return locals.get(name)?.findLast(candidate => candidate.index < index);
}

function outerLocals(statements: readonly Statement[]): Map<string, Declared[]> {
  const locals = new Map<string, Declared[]>();
  for (const [index, { node, base }] of statements.entries()) {
    for (const local of atomsOf(node).declares) {
      const same = locals.get(local.name) ?? [];
      locals.set(local.name, [...same, { local, at: base + local.start, index }]);
    }
  }
  return locals;
}
