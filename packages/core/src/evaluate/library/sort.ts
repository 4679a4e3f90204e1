import { callBack } from '../access.js';
import { lessThan } from '../operators.js';
import { step } from '../run.js';
import { NIL, type TableEntry, truth, type UnknownValue, type Value } from '../values.js';
import { blurList, lengthOf, setAt } from './lists.js';
import { argument, libraryFault, type NativeCall, tableArgument, wrongType } from './native.js';

/** A comparison depends on an unknown, and so does the whole order. */
class Undecided extends Error {
  constructor(readonly doubt: UnknownValue) {
    super(doubt.reason);
  }
}

/**
 * `table.sort`: ltablib.c's own quicksort, step by step, because the order of elements that the comparator takes for
 * equal is what the algorithm makes it. Its random pivots, taken for big lists that partition badly, are not copied.
 */
export function sort(given: NativeCall): readonly Value[] {
  const list = tableArgument(given, 1);
  const comparator = argument(given, 2);
  const length = lengthOf(given, list);
  if (typeof length !== 'number') {
    blurList(given.run, list, length.reason);
    return [];
  }
  if (length > 1 && comparator.kind !== 'nil' && comparator.kind !== 'function') throw wrongType(given, 2, 'function');
  const entries = Array.from({ length }, (_, at) => list.table.entries.get(at + 1));
  const sorter = new Sorter(entries, given, comparator);
  try {
    sorter.sort(0, length - 1);
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    blurList(given.run, list, error.doubt.reason);
    return [];
  }
  entries.forEach((entry, at) => setAt(given, list, at + 1, entry?.value ?? NIL, entry?.origin));
  return [];
}

class Sorter {
  constructor(
    private readonly entries: (TableEntry | undefined)[],
    private readonly given: NativeCall,
    private readonly comparator: Value,
  ) {}

  /** auxsort of ltablib.c, positions from 0. */
  sort(from: number, to: number): void {
    let lo = from;
    let up = to;
    while (lo < up) {
      if (this.less(up, lo)) this.swap(lo, up);
      if (up - lo === 1) return;
      // positions count from 1 there, which matters for the middle
      let p = Math.floor((lo + up + 2) / 2) - 1;
      if (this.less(p, lo)) this.swap(p, lo);
      else if (this.less(up, p)) this.swap(p, up);
      if (up - lo === 2) return;
      this.swap(p, up - 1);
      p = this.partition(lo, up);
      if (p - lo < up - p) {
        this.sort(lo, p - 1);
        lo = p + 1;
      } else {
        this.sort(p + 1, up);
        up = p - 1;
      }
    }
  }

  private partition(lo: number, up: number): number {
    const pivot = up - 1;
    let i = lo;
    let j = up - 1;
    for (;;) {
      while (this.less(++i, pivot)) if (i === up - 1) throw this.invalid();
      while (this.less(pivot, --j)) if (j < i) throw this.invalid();
      if (j < i) {
        this.swap(up - 1, i);
        return i;
      }
      this.swap(i, j);
    }
  }

  private invalid() {
    return libraryFault(this.given, 'invalid order function for sorting');
  }

  private swap(a: number, b: number): void {
    const held = this.entries[a];
    this.entries[a] = this.entries[b];
    this.entries[b] = held;
  }

  private less(a: number, b: number): boolean {
    const { given, comparator } = this;
    step(given.run, given.at);
    const left = this.entries[a]?.value ?? NIL;
    const right = this.entries[b]?.value ?? NIL;
    const result =
      comparator.kind === 'nil'
        ? lessThan(left, right, null, given.at)
        : (callBack(given.run, comparator, [left, right], given.at)[0] ?? NIL);
    const known = truth(result);
    if (known === undefined) throw new Undecided(result as UnknownValue);
    return known;
  }
}
