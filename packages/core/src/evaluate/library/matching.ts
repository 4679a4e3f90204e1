import { fromByteString, toByteString } from '../../text/index.js';
import { callBack, index } from '../access.js';
import { takeAll } from '../joins.js';
import { toText } from '../operators.js';
import { work } from '../run.js';
import { integer, NIL, string, truth, type UnknownValue, unknown, type Value } from '../values.js';
import {
  argument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeCall,
  textArgument,
  unknownResult,
  wrongType,
} from './native.js';
import { type Capture, Matcher, PatternFault } from './patterns.js';

/** The functions of `string` that take patterns (lstrlib.c of 5.4). */
export const MATCHING: Readonly<Record<string, Value>> = {
  find: libraryFunction('string.find', given => search(given, true), { many: true }),
  match: libraryFunction('string.match', given => search(given, false), { many: true }),
  gmatch: libraryFunction('string.gmatch', given => [eachMatch(given)]),
  gsub: libraryFunction('string.gsub', given => substitute(given), { strict: false, many: true }),
};

/** Units of a pattern's work that count as one step. */
const PATTERN_WORK = 8;

function matcher(given: NativeCall, subject: string, pattern: string): Matcher {
  let done = 0;
  return new Matcher(subject, pattern, amount => {
    done += amount;
    if (done < PATTERN_WORK) return;
    work(given.run, given.at, Math.floor(done / PATTERN_WORK));
    done %= PATTERN_WORK;
  });
}

/** Runs what may complain about the pattern, so that the complaint becomes Lua's error. */
function guarded<Result>(given: NativeCall, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof PatternFault) throw libraryFault(given, error.message);
    throw error;
  }
}

/** Where a search starts, from 0; beyond the end where `init` is (posrelatI). */
function startOf(given: NativeCall, position: number, length: number): number {
  const init = integerArgument(given, position, 1);
  if (init > 0) return init - 1;
  return init === 0 || init < -length ? 0 : length + init;
}

function captureValue(capture: Capture): Value {
  return typeof capture === 'number' ? integer(capture) : string(fromByteString(capture));
}

function captures(found: Matcher, start: number, end: number): Value[] {
  return Array.from({ length: found.captureCount }, (_, position) => captureValue(found.capture(position, start, end)));
}

function search(given: NativeCall, find: boolean): readonly Value[] {
  const subject = toByteString(textArgument(given, 1));
  const pattern = toByteString(textArgument(given, 2));
  const init = startOf(given, 3, subject.length);
  if (init > subject.length) return [NIL];
  if (find && (truth(argument(given, 4)) || !/[\^$*+?.([%-]/.test(pattern))) {
    const at = subject.indexOf(pattern, init);
    return at < 0 ? [NIL] : [integer(at + 1), integer(at + pattern.length)];
  }
  const anchored = pattern.startsWith('^');
  return guarded(given, () => {
    const state = matcher(given, subject, pattern);
    for (let start = init; start <= subject.length; start++) {
      const end = state.match(start, anchored ? 1 : 0);
      if (end >= 0 && !find) return captures(state, start, end);
      if (end >= 0) return [integer(start + 1), integer(end), ...(state.hasCaptures ? captures(state, start, end) : [])];
      if (anchored) break;
    }
    return [NIL];
  });
}

function eachMatch(given: NativeCall): Value {
  const subject = toByteString(textArgument(given, 1));
  const pattern = toByteString(textArgument(given, 2));
  // in a Map, so that a branch can take a turn back
  const state = new Map([
    ['at', Math.min(startOf(given, 3, subject.length), subject.length + 1)],
    ['last', -1],
  ]);
  return libraryFunction('for iterator', turn => {
    const found = matcher(turn, subject, pattern);
    return guarded(turn, () => {
      const { journal } = turn.run;
      for (let start = state.get('at')!; start <= subject.length; start++) {
        const end = found.match(start, 0);
        if (end < 0 || end === state.get('last')) continue;
        journal.write(state, 'at', end);
        journal.write(state, 'last', end);
        return captures(found, start, end);
      }
      journal.write(state, 'at', subject.length + 1);
      return [NIL];
    });
  });
}

function substitute(given: NativeCall): readonly Value[] {
  const open = given.args.find(arg => arg.kind === 'unknown');
  const replacement = argument(given, 3);
  if (open?.kind === 'unknown') {
    // a function that is given may be called, nobody knows with what
    const call = () => void callBack(given.run, replacement, [unknownResult(open.reason, given.at, true)], given.at);
    if (replacement.kind === 'function') takeAll(given.run, open.reason, given.at, [() => call(), () => undefined]);
    return [unknownResult(open.reason, given.at, true)];
  }
  const subject = toByteString(textArgument(given, 1));
  const pattern = toByteString(textArgument(given, 2));
  if (!['number', 'string', 'function', 'table'].includes(replacement.kind)) throw wrongType(given, 3, 'string/function/table');
  const most = integerArgument(given, 4, subject.length + 1);
  return guarded(given, () => replaceAll(given, subject, pattern, replacement, most));
}

function replaceAll(given: NativeCall, subject: string, pattern: string, replacement: Value, most: number): readonly Value[] {
  const { run, at } = given;
  const anchored = pattern.startsWith('^');
  const state = matcher(given, subject, pattern);
  const parts: string[] = [];
  let length = 0;
  let count = 0;
  let last = -1;
  let place = 0;
  while (count < most) {
    work(run, at, 1 / 2);
    const end = state.match(place, anchored ? 1 : 0);
    if (end >= 0 && end !== last) {
      count += 1;
      const text = replaced(given, state, place, end, replacement);
      if (typeof text !== 'string') return [text, unknown(text.reason, at)];
      parts.push(text);
      length += text.length;
      place = end;
      last = end;
    } else if (place < subject.length) {
      parts.push(subject[place++]!);
      length += 1;
    } else break;
    if (length > run.limits.stringLength)
      return [
        unknown(`a string of more than ${run.limits.stringLength} characters`, at),
        unknown('a search that was given up', at),
      ];
    if (anchored) break;
  }
  parts.push(subject.slice(place));
  return [string(fromByteString(parts.join(''))), integer(count)];
}

function replaced(given: NativeCall, found: Matcher, start: number, end: number, by: Value): string | UnknownValue {
  const value = replacementFor(given, found, start, end, by);
  if (value.kind === 'unknown') return value;
  if (truth(value) === false) return found.whole(start, end);
  const text = toText(value);
  if (text === undefined) throw libraryFault(given, `invalid replacement value (a ${value.kind})`);
  return toByteString(text);
}

/** What stands in for one match (add_value of lstrlib.c). */
function replacementFor(given: NativeCall, found: Matcher, start: number, end: number, by: Value): Value {
  if (by.kind === 'function') return callBack(given.run, by, captures(found, start, end), given.at)[0] ?? NIL;
  if (by.kind === 'table') return index(given.run, by, captureValue(found.capture(0, start, end)), given.at, undefined);
  const template = toByteString(toText(by) ?? '');
  if (!template.includes('%')) return string(fromByteString(template));
  let out = '';
  for (let at = 0; at < template.length; at++) {
    if (template[at] !== '%') {
      out += template[at];
      continue;
    }
    const next = template[++at];
    if (next === '%') out += '%';
    else if (next === '0') out += found.whole(start, end);
    else if (next !== undefined && next >= '1' && next <= '9') out += String(found.capture(next.charCodeAt(0) - 49, start, end));
    else throw new PatternFault("invalid use of '%' in replacement string");
  }
  return string(fromByteString(out));
}
