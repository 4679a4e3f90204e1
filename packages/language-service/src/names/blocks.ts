/** A local variable, where it is declared. */
export interface LocalName {
  readonly name: string;
  /** Offsets of its name from the start of its statement. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'variable' | 'parameter' | 'function';
}

/** Lua's nested blocks with the locals in them; the outermost one outlives the statement. */
export class Blocks {
  readonly outermost: LocalName[] = [];
  readonly #open: LocalName[][] = [this.outermost];

  enter(): void {
    this.#open.push([]);
  }

  leave(): void {
    this.#open.pop();
  }

  declare(local: LocalName): LocalName {
    this.#open.at(-1)!.push(local);
    return local;
  }

  /** The local that a name means here; undefined where it is global, or of a statement before. */
  find(name: string): LocalName | undefined {
    for (let depth = this.#open.length - 1; depth >= 0; depth--) {
      const local = this.#open[depth]!.findLast(candidate => candidate.name === name);
      if (local) return local;
    }
    return undefined;
  }
}
