import type { Change, Judged, Place } from '../protocol.js';
import type { Client } from './client.js';
import type { Store } from './store.js';

/** What the parts of the page have of each other. */
export interface App {
  readonly client: Client;
  readonly store: Store;
  /** The judgement of what is open now; undefined before the first. */
  judged(): Judged | undefined;
  /** Shows a place in the editor. */
  go(place: Place): void;
  /** Sends what was typed and is not sent yet. */
  flush(): void;
  /** Says something to people, also to those who hear the page. */
  say(text: string, undo?: boolean): void;
  /** Takes a change of the files and reads them again. */
  apply(change: Pick<Change, 'title' | 'files'>): Promise<void>;
  /** Shows the page of a rule. */
  explain(rule: string): void;
}

/** `prosody.cfg.lua:12` of a place. */
export function placeText({ file, range }: Place): string {
  return `${file.replace(/^\/etc\/prosody\//, '')}:${range.start.line + 1}`;
}

/** A sentence about what went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
