import { fromByteString, toByteString } from '../../text/index.js';
import { parseNumber } from '../operators.js';
import type { Run } from '../run.js';
import {
  bool,
  type FunctionValue,
  integer,
  NIL,
  native,
  newTable,
  type Origin,
  string,
  type Table,
  type TableValue,
  unknown,
  type Value,
} from '../values.js';
import {
  argument,
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeCall,
  textArgument,
} from './native.js';

/** An open file: its bytes, and in a Map (so that a branch can be taken back) where reading goes on; -1 when closed. */
interface OpenFile {
  readonly bytes: string;
  readonly state: Map<'at', number>;
}

const CLOSED = -1;
const open = new WeakMap<Table, OpenFile>();

/** What io.open gives: a table that stands for Lua's userdata, with the methods of a file opened for reading. */
export function fileHandle(run: Run, text: string, at: Origin): TableValue {
  const handle = newTable([], at);
  open.set(handle.table, { bytes: toByteString(text), state: new Map([['at', 0]]) });
  run.journal.write(
    handle.table.state,
    'meta',
    newTable([
      ['__index', newTable(Object.entries(METHODS))],
      ['__name', string('FILE*')],
    ]),
  );
  run.journal.write(handle.table.state, 'open', unknown('an open file', at));
  return handle;
}

/** Whether a value is an open file: `type` says userdata, `io.type` file. */
export function isHandle(value: Value): value is TableValue {
  return value.kind === 'table' && open.has(value.table);
}

/** `io.type`: "file", "closed file", or nil. */
export function handleType(value: Value): Value {
  const file = value.kind === 'table' ? open.get(value.table) : undefined;
  return file ? string(file.state.get('at') === CLOSED ? 'closed file' : 'file') : NIL;
}

const METHODS: Readonly<Record<string, FunctionValue>> = {
  read: libraryFunction('read', given => readAll(given, fileOf(given), 2), { many: true }),
  lines: libraryFunction('lines', given => [linesOf(given, given.args, false)]),
  close: libraryFunction('close', given => [close(given)]),
  seek: libraryFunction('seek', given => [seek(given)]),
  write: libraryFunction('write', () => [NIL, string('Bad file descriptor'), integer(9)], { strict: false }),
  flush: libraryFunction('flush', given => [argument(given, 1)]),
  setvbuf: libraryFunction('setvbuf', () => [bool(true)]),
};

function fileOf(given: NativeCall): OpenFile {
  const value = argument(given, 1);
  const file = value.kind === 'table' ? open.get(value.table) : undefined;
  if (!file) throw badArgument(given, 1, `FILE* expected, got ${given.args.length === 0 ? 'no value' : value.kind}`);
  if (file.state.get('at') === CLOSED) throw libraryFault(given, 'attempt to use a closed file');
  return file;
}

function close(given: NativeCall): Value {
  given.run.journal.write(fileOf(given).state, 'at', CLOSED);
  return bool(true);
}

function seek(given: NativeCall): Value {
  const file = fileOf(given);
  const whence = textArgument(given, 2, 'cur');
  const bases: Readonly<Record<string, number>> = { set: 0, cur: file.state.get('at')!, end: file.bytes.length };
  const base = bases[whence];
  if (base === undefined) throw badArgument(given, 2, `invalid option '${whence}'`);
  const at = base + integerArgument(given, 3, 0);
  if (at < 0) return NIL;
  given.run.journal.write(file.state, 'at', at);
  return integer(at);
}

/** `for line in f:lines(…)`; `io.lines` closes the file at its end. */
export function linesOf(given: NativeCall, args: readonly Value[], closes: boolean): Value {
  const handle = args[0] ?? NIL;
  const formats = args.slice(1);
  fileOf({ ...given, args: [handle] });
  return native('for iterator', (_, caller) => {
    const turn = { ...given, at: caller.at, args: [handle, ...formats] };
    const file = fileOf(turn);
    const values = readAll(turn, file, 2);
    if (closes && values[0]?.kind === 'nil') given.run.journal.write(file.state, 'at', CLOSED);
    return values;
  });
}

/** g_read of liolib.c: one value a format, up to the first that fails. */
function readAll(given: NativeCall, file: OpenFile, first: number): readonly Value[] {
  const values: Value[] = [];
  const last = Math.max(first, given.args.length);
  for (let position = first; position <= last; position++) {
    const value = readOne(given, file, position);
    values.push(value === undefined ? NIL : value);
    if (value === undefined) break;
  }
  return values;
}

function readOne(given: NativeCall, file: OpenFile, position: number): Value | undefined {
  const format = argument(given, position);
  const at = file.state.get('at')!;
  const { bytes } = file;
  const take = (end: number, value = bytes.slice(at, end)): Value => {
    given.run.journal.write(file.state, 'at', end);
    return string(fromByteString(value), given.at);
  };
  if (format.kind === 'number') {
    const count = integerArgument(given, position);
    return at >= bytes.length ? undefined : take(Math.min(bytes.length, at + count));
  }
  const name = textArgument(given, position, 'l').replace(/^\*/, '')[0];
  if (name === 'a') return take(Math.max(at, bytes.length));
  if (name === 'n') return readNumber(given, file, at);
  if (name !== 'l' && name !== 'L') throw badArgument(given, position, 'invalid format');
  if (at >= bytes.length) return undefined;
  const newline = bytes.indexOf('\n', at);
  const end = newline < 0 ? bytes.length : newline + 1;
  return take(end, bytes.slice(at, newline < 0 || name === 'L' ? end : newline));
}

/** l_getn: as much as can be part of a numeral, at most 200 characters of it. */
function readNumber(given: NativeCall, file: OpenFile, at: number): Value | undefined {
  const numeral =
    /[ \t\r\n\v\f]*([-+]?(?:0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*(?:[pP][-+]?[0-9]*)?|[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]*)?))/y;
  numeral.lastIndex = at;
  const found = numeral.exec(file.bytes);
  given.run.journal.write(file.state, 'at', numeral.lastIndex || at);
  return found ? parseNumber(found[1]!) : undefined;
}
