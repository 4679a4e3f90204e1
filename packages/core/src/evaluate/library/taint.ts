import { callBack } from '../access.js';
import { openTable, takeAll } from '../joins.js';
import { type Run, work } from '../run.js';
import { type Origin, type Table, unknown, type Value } from '../values.js';

/** Names under which libraries offer functions that only look at what they are given. */
const PURE =
  /'(?:encode|decode|serialize|stringify|inspect|pretty|tostring|format|print|log|debug|info|warn|concat|len|type|hash|sha\d+|md5|hmac_\w+|attributes)'$/;

/**
 * What becomes of the arguments of a function that nobody knows. It may change every table it is given, and every table
 * within: their entries become unknown and there may be more of them. It may call every function it is given, any number
 * of times: what the function would do is only maybe done. Left out are the tables of Lua's own library, of which a
 * function that breaks them would have broken Prosody, and functions whose name says that they only look
 * (`json.encode(t)`).
 */
export function taint(run: Run, args: readonly Value[], reason: string, at: Origin, name: string | undefined): void {
  if (name && PURE.test(name)) return;
  const seen = new Set<unknown>();
  for (const value of run.library.values()) if (value.kind === 'table') seen.add(value.table);
  for (const arg of args) reach(run, arg, reason, at, seen);
}

function reach(run: Run, value: Value, reason: string, at: Origin, seen: Set<unknown>): void {
  if (value.kind === 'unknown') for (const choice of value.choices ?? []) reach(run, choice, reason, at, seen);
  if (value.kind === 'table' && !value.proxy) reachTable(run, value.table, reason, at, seen);
  if (value.kind !== 'function' || value.origin === null || seen.has(value.body)) return;
  seen.add(value.body);
  const call = () => void callBack(run, value, [{ ...unknown(reason, at), more: true }], at);
  takeAll(run, reason, at, [() => call(), () => undefined]);
}

function reachTable(run: Run, table: Table, reason: string, at: Origin, seen: Set<unknown>): void {
  if (seen.has(table)) return;
  seen.add(table);
  work(run, at, table.entries.size);
  openTable(run, table, reason);
  for (const [key, entry] of table.entries) {
    if (entry.value.kind === 'table' || entry.value.kind === 'function') reach(run, entry.value, reason, at, seen);
    else run.journal.write(table.entries, key, { ...entry, value: unknown(reason, entry.value.origin) });
  }
}
