// The shapes that this package speaks in. A caller gives settings and ears, and gets a report.

import type { LookupFunction } from 'node:net';
import type { LibldapOptions, Placed } from '@prosodist/core';

export type { LibldapOptions };

/** What the user who logs in sees in Jitsi Meet; `unknown` where it cannot be told. */
export type UserSees = 'granted' | 'refused' | 'connecting' | 'no-login-window' | 'error' | 'unknown';

export type Verdict = 'ok' | 'warning' | 'error' | 'skipped';

/** The steps of a check, in their order (the eleven of a live check, name, connection and TLS told apart). */
export type StepName =
  | 'form'
  | 'clear-text'
  | 'name'
  | 'connect'
  | 'tls'
  | 'root-dse'
  | 'bind'
  | 'base'
  | 'search'
  | 'nobody'
  | 'account'
  | 'user-bind'
  | 'time';

/** What one step did and found. Texts are sentences for people, without secrets. */
export interface Step {
  readonly step: StepName;
  /** The server it was done at, `ldaps://dc1.example.com:636`; null where none is involved. */
  readonly server: string | null;
  readonly verdict: Verdict;
  /** A stable word for the verdict: `tls.untrusted`, `bind.invalid-credentials`, `ok`, … (docs/directory.md lists them). */
  readonly code: string;
  /** What was done: "bound as CN=…". */
  readonly did: string;
  /** What was found; of an error, why it matters. */
  readonly found: string;
  /** What Prosody will log, word for word; null where nothing. */
  readonly prosodyLogs: string | null;
  readonly userSees: UserSees | null;
  /** What to do. */
  readonly help: string | null;
  /** The settings that this step is about: their places. */
  readonly settings: readonly Placed<unknown>[];
  readonly milliseconds: number;
}

/** What is told while it happens. */
export type DirectoryEvent =
  | { readonly type: 'started'; readonly step: StepName; readonly server: string | null }
  | { readonly type: 'done'; readonly step: Step };

/** What every function here takes beside its subject. */
export interface DirectoryOptions {
  readonly libldap: LibldapOptions;
  /** This machine's name: libldap checks `localhost`'s certificate against it. */
  readonly machineName: string;
  /** Send passwords over connections without TLS. Without it such a step is an error and nothing is sent. */
  readonly allowPlaintext?: boolean;
  /** What allows that, in the words of the program that asks: `--allow-plaintext`. For texts; without it they name nothing. */
  readonly plaintextSwitch?: string;
  /** Most milliseconds of one step; 5000 if not given. */
  readonly stepTimeout?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DirectoryEvent) => void;
  /** In the stead of the resolver of Node. */
  readonly lookup?: LookupFunction;
}

/** What a live check found. */
export interface DirectoryReport {
  readonly steps: readonly Step[];
  /** The worst verdict. */
  readonly verdict: Verdict;
  /** What kind of server answered. */
  readonly server: ServerKind | null;
}

export type ServerKind = 'active-directory' | 'samba' | 'openldap' | 'freeipa' | '389ds' | 'lldap' | 'other';

/** How a login ends, as the module of that host and version of Prosody ends it. */
export type Outcome =
  /** Prosody says success. */
  | 'granted'
  /** An answer that is a refusal: `not-authorized`, `malformed-request`, … in `answer`. */
  | 'refused'
  /** A Lua error in the module: no answer, "Connecting…" for ever. */
  | 'hangs'
  /** No mechanism with a password is offered (PLAIN), perhaps others. */
  | 'not-offered'
  /** Prosody does not start, or has no such host. */
  | 'not-served'
  /** Cannot be told, with the reason. */
  | 'unknown';

/** One of the five stations of a login: request, Prosody, module, directory, answer. */
export interface Station {
  readonly station: 'request' | 'prosody' | 'module' | 'directory' | 'answer';
  readonly verdict: Verdict;
  readonly did: string;
  readonly found: string;
  readonly prosodyLogs: string | null;
  readonly settings: readonly Placed<unknown>[];
  readonly milliseconds: number;
}

export interface LoginReport {
  readonly host: string;
  readonly outcome: Outcome;
  /** The SASL condition of a refusal, or the mechanisms that are offered. */
  readonly answer: string | null;
  readonly userSees: UserSees;
  readonly stations: readonly Station[];
  readonly why: string;
  readonly help: string | null;
}
