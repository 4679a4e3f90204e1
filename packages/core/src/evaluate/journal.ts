/**
 * Undoing what one side of a branch did, so that the other side can be tried from the same state. Everything the
 * evaluator may change is an entry of some Map, and every change goes through here.
 */

/** One entry of one Map. */
export interface Place {
  readonly map: Map<unknown, unknown>;
  readonly key: unknown;
}

interface Change extends Place {
  readonly had: boolean;
  readonly old: unknown;
}

/** What a place held at the end of one side. */
export interface Written extends Place {
  readonly present: boolean;
  readonly value: unknown;
}

export class Journal {
  private readonly changes: Change[] = [];
  private depth = 0;

  /** Sets an entry; `undefined` deletes it. */
  write<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
    if (this.depth > 0) this.changes.push({ map: map as Map<unknown, unknown>, key, had: map.has(key), old: map.get(key) });
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }

  /** Runs one side, takes back all that it wrote, and tells what it had written. */
  attempt<Result>(side: () => Result): { readonly result: Result; readonly written: readonly Written[] } {
    const mark = this.changes.length;
    this.depth += 1;
    try {
      const result = side();
      return { result, written: this.collect(mark) };
    } finally {
      this.undo(mark);
      this.depth -= 1;
    }
  }

  private collect(mark: number): Written[] {
    const seen = new Map<Map<unknown, unknown>, Set<unknown>>();
    const written: Written[] = [];
    for (const { map, key } of this.changes.slice(mark)) {
      const keys = seen.get(map) ?? new Set();
      seen.set(map, keys);
      if (keys.has(key)) continue;
      keys.add(key);
      written.push({ map, key, present: map.has(key), value: map.get(key) });
    }
    return written;
  }

  private undo(mark: number): void {
    while (this.changes.length > mark) {
      const change = this.changes.pop()!;
      if (change.had) change.map.set(change.key, change.old);
      else change.map.delete(change.key);
    }
  }
}
