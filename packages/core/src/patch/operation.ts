import type { Configuration, FileSystem, LoadOptions, Origin } from '../evaluate/index.js';
import type { Changes } from './change.js';
import type { LuaLiteral } from './literal.js';

/** Where an operation works: Prosody's own sections, by name. */
export type PatchScope = 'global' | { readonly host: string } | { readonly component: string };

/** What the patcher can be asked. Each has its file in `operations/`. */
export type Operation =
  | { readonly op: 'set'; readonly scope: PatchScope; readonly name: string; readonly value: LuaLiteral }
  | { readonly op: 'enable.file'; readonly name: string }
  | { readonly op: 'ensure.file'; readonly file: string; readonly text: string; readonly secret?: boolean }
  | { readonly op: 'add.ldap2'; readonly host?: string };

/** Why nothing was done. */
export type RefusalCode =
  | 'dynamic'
  | 'computed-value'
  | 'ambiguous'
  | 'parse-error'
  | 'wrong-kind'
  | 'not-found'
  | 'scope-conflict'
  | 'exists'
  | 'protected';

/** What became of an operation. A refusal is an answer, not an exception, and then nothing at all is written. */
export interface Outcome {
  readonly status: 'changed' | 'already' | 'refused';
  readonly code?: RefusalCode;
  /** One sentence: what was done, or why it was not. */
  readonly why: string;
  /** The places that it is about. */
  readonly at: readonly Origin[];
}

export interface Step extends Outcome {
  readonly changes: Changes;
}

/** The tree as the operations before have left it. */
export interface PatchContext {
  readonly files: FileSystem;
  readonly configuration: Configuration;
  readonly options: LoadOptions;
}
