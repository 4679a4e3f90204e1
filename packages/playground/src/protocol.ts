// What the page and its worker say to each other. Places are lines and characters from 0, as the protocol of editors has them:
// they are the same whatever the line ends of a file are.
import type { LoginPath, MemoryFile, Operation, PathState, ProsodyVersion, Safety, Severity, StationName } from '@prosodist/core';
import type { CompletionItem, Hover, Position, Range } from 'vscode-languageserver-types';

/** A configuration as it lies in the page: nothing else is read. */
export interface Project {
  /** Absolute path → text, or a symbolic link. */
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly entry: string;
  readonly version: ProsodyVersion;
}

export interface Place {
  /** Path of the file itself, links followed. */
  readonly file: string;
  readonly range: Range;
}

export interface ShownFinding {
  /** Its number in this judgement. */
  readonly id: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly at: Place;
  readonly related: readonly { readonly message: string; readonly at: Place }[];
  readonly fix: { readonly title: string; readonly safety: Safety } | null;
}

/** What came of reading and judging. */
export interface Judged {
  /** Counts the judgements, so that a finding of an earlier one is not taken for one of now. */
  readonly generation: number;
  readonly findings: readonly ShownFinding[];
  readonly sections: readonly { readonly name: string; readonly kind: 'global' | 'host' | 'component' }[];
  /** Files that Prosody reads, links followed. */
  readonly read: readonly string[];
  /** Findings that comments hide. */
  readonly suppressed: number;
  readonly milliseconds: number;
}

/** What would become of the files; null for one that goes. */
export interface Change {
  readonly title: string;
  readonly files: Readonly<Record<string, MemoryFile | null>>;
  /** A unified diff for people, secrets hidden. */
  readonly diff: string;
}

/** Why there is no change: a sentence for people. */
export interface Refusal {
  readonly problem: string;
  readonly at: Place | null;
}

/** One thing that was looked at on the way of a login. */
export interface ShownCheck {
  readonly state: PathState;
  readonly text: string;
  readonly why: string | null;
  readonly help: string | null;
  readonly log: string | null;
  readonly at: Place | null;
  readonly rule: string | null;
}

export interface ShownStation {
  readonly station: StationName;
  readonly title: string;
  readonly does: string;
  readonly state: PathState;
  readonly settings: readonly { readonly name: string; readonly value: string; readonly at: Place | null }[];
  readonly checks: readonly ShownCheck[];
}

/** The way of a login, ready to be drawn; no text of it is a secret. */
export interface ShownLogin extends Pick<LoginPath, 'host' | 'state' | 'edges' | 'elsewhere'> {
  readonly stations: readonly ShownStation[];
  readonly first: { readonly title: string; readonly text: string } | null;
}

/** The files without their secrets, and where those stand. */
export interface Masked {
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly places: readonly { readonly file: string; readonly line: number }[];
}

interface InFile {
  readonly file: string;
  readonly position: Position;
}

/** Every question, and its answer. */
export interface Questions {
  project: { ask: Project; answer: Judged };
  text: { ask: { readonly file: string; readonly text: string }; answer: Judged };
  fix: { ask: { readonly id: number; readonly generation: number }; answer: Change | Refusal };
  fixAll: { ask: { readonly unsafe: boolean }; answer: Change | Refusal };
  ignore: {
    ask: { readonly id: number; readonly generation: number; readonly reach: 'line' | 'file' };
    answer: Change | Refusal;
  };
  operate: { ask: Operation; answer: Change | Refusal };
  patch: { ask: Readonly<Record<string, MemoryFile>>; answer: { readonly patch: string; readonly shown: string } };
  effective: { ask: string; answer: string };
  login: { ask: string; answer: ShownLogin };
  masked: { ask: null; answer: Masked };
  complete: { ask: InFile; answer: readonly CompletionItem[] };
  resolve: { ask: CompletionItem; answer: CompletionItem };
  hover: { ask: InFile; answer: Hover | null };
  /** Five numbers a token, as the protocol packs them. */
  tokens: { ask: string; answer: readonly number[] };
}

export type Kind = keyof Questions;

export interface Question {
  readonly number: number;
  readonly kind: Kind;
  readonly ask: unknown;
}

export type Answer =
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly failure: string };

export function isRefusal(made: Change | Refusal): made is Refusal {
  return 'problem' in made;
}
