// The known names nearest to a misspelt one. No library: fifty lines do what option names need, and bundles stay small.

/** How many slips a name of this length may have: one in a short name, two in a long one. */
const allowed = (length: number): number => (length < 8 ? 1 : 2);

/**
 * The known names that a misspelt name may have meant, nearest first.
 * In: the name, the known names, and how many to give at most. Out: names within one slip (two from eight characters on),
 * where a slip is a letter too many, missing, wrong or swapped with its neighbour; other case, missing underscores, a plural's
 * missing or extra `s` and swapped words count as one slip. Names under three characters are near to nothing.
 */
export function nearestNames(name: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  if (name.length < 3) return [];
  const most = allowed(name.length);
  const shape = shapeFrom(name);
  const found: { readonly candidate: string; readonly distance: number; readonly prefix: number }[] = [];
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const other = shapeOf(candidate);
    const alike = areAlike(other, shape);
    // each slip takes one letter away at most, and brings one at most
    if (!alike && (without(shape.mask, other.mask) > most || without(other.mask, shape.mask) > most)) continue;
    const distance = alike ? 1 : slips(name, candidate, most);
    if (distance <= most) found.push({ candidate, distance, prefix: commonPrefix(name, candidate) });
  }
  found.sort((a, b) => a.distance - b.distance || b.prefix - a.prefix || (a.candidate < b.candidate ? -1 : 1));
  return found.slice(0, limit).map(({ candidate }) => candidate);
}

/** The one known name that is nearer than all others, or `undefined` where two are as near or none is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  return meantNames(name, candidates).nearest;
}

/** What a misspelt name may have meant: the one name that it is nearest to, where there is one, and all that are worth telling. */
export interface Meant {
  readonly nearest: string | undefined;
  readonly near: readonly string[];
}

/** Both of `nearestName` and `nearestNames` in one search; `near` is the nearest alone where there is one. */
export function meantNames(name: string, candidates: Iterable<string>): Meant {
  const near = nearestNames(name, candidates);
  const [first, second] = near;
  if (first === undefined) return { nearest: undefined, near };
  const isAlone = second === undefined || distanceOf(name, first) < distanceOf(name, second);
  return isAlone ? { nearest: first, near: [first] } : { nearest: undefined, near };
}

function distanceOf(name: string, other: string): number {
  return areAlike(shapeOf(other), shapeFrom(name)) ? 1 : slips(name, other, 2);
}

interface Shape {
  readonly words: string;
  readonly letters: string;
  /** A bit for each character that occurs in the name, by its code modulo 32. */
  readonly mask: number;
}

/** The shapes of known names, which are compared with every name that is not known. */
const shapes = new Map<string, Shape>();

function shapeOf(known: string): Shape {
  let shape = shapes.get(known);
  if (!shape) {
    shape = shapeFrom(known);
    if (shapes.size > 10_000) shapes.clear();
    shapes.set(known, shape);
  }
  return shape;
}

function shapeFrom(name: string): Shape {
  return { words: wordsOf(name), letters: lettersOf(name), mask: maskOf(name) };
}

function maskOf(name: string): number {
  let mask = 0;
  for (let index = 0; index < name.length; index++) mask |= 1 << (name.charCodeAt(index) & 31);
  return mask;
}

/** How many bits the first has that the second lacks. */
function without(mask: number, other: number): number {
  let count = 0;
  for (let rest = mask & ~other; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const areAlike = (a: Shape, b: Shape): boolean => a.letters === b.letters || a.words === b.words;

/** What two names have in common that differ in case, in the order of their words, or in plurals. */
function wordsOf(name: string): string {
  const words = name.toLowerCase().split(/[_-]+/);
  return words
    .map(word => word.replace(/s$/, ''))
    .sort()
    .join('_');
}

/** What two names have in common that differ in case or in underscores. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

/**
 * The Damerau-Levenshtein distance (optimal string alignment) of two names, `most + 1` when it is above `most`.
 */
export function slips(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    if (Math.min(...current) > most) return most + 1;
    [beforeLast, last] = [last, current];
  }
  return Math.min(at(last, right.length), most + 1);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
