// Who answers a login at a host, or why nobody does.
import type { Origin } from '../evaluate/index.js';
import type { DirectorySettings, Placed } from './types.js';

/** How a login ends that the configuration alone decides. */
export type FaultEffect =
  /** Prosody does not start, or the host is not there or off. */
  | 'not-served'
  /** No mechanism with a password is offered. */
  | 'not-offered'
  /** A Lua error at every login: the client gets no answer. */
  | 'hangs'
  /** Every login is refused. */
  | 'refused';

/** A stable word for what is wrong. */
export type FaultCode =
  | 'load-error'
  | 'no-host'
  | 'component'
  | 'disabled-host'
  | 'module-lists'
  | 'module-missing'
  | 'library-missing'
  | 'no-provider'
  | 'no-ldap-table'
  | 'no-ldap-base'
  | 'unsupported-mode'
  | 'bad-argument'
  | 'no-user-table'
  | 'bad-filter-type'
  | 'bad-search-option'
  | 'bad-scope'
  | 'saslauthd-file'
  | 'saslauthd-not-used';

/** A fault that the settings alone show. */
export interface LoginFault {
  readonly code: FaultCode;
  readonly effect: FaultEffect;
  /** The SASL condition of a refusal. */
  readonly condition: string | null;
  /** When Prosody says it: while it starts, or at each login. */
  readonly when: 'start' | 'login';
  /** What Prosody logs, word for word: `error  Traceback[bosh]: …` without the level. */
  readonly logs: readonly string[];
  /** What is wrong, and what comes of it. */
  readonly why: string;
  readonly help: string;
  /** The settings that are at fault. */
  readonly settings: readonly Placed<unknown>[];
}

interface LoginOfHost {
  /** The prepared name of the host. */
  readonly host: string;
  /** The name of the provider, `ldap2`; null where it is not known or there is none. */
  readonly provider: string | null;
  /** Where the provider is named; null for Prosody's default. */
  readonly named: Origin | null;
}

/** A directory is asked, with these settings. */
export interface DirectoryLogin extends LoginOfHost {
  readonly kind: 'directory';
  readonly settings: DirectorySettings;
}

/** Another provider answers: `anonymous`, `internal_hashed`, `token`, … */
export interface OtherLogin extends LoginOfHost {
  readonly kind: 'other';
}

/** Nobody answers well, whatever the directory says. */
export interface FaultyLogin extends LoginOfHost {
  readonly kind: 'fault';
  readonly fault: LoginFault;
  /** What is known of the directory, where the module asks it before it fails: server and service account. */
  readonly settings: DirectorySettings | null;
}

/** It cannot be told who answers, or how. */
export interface UnknownLogin extends LoginOfHost {
  readonly kind: 'unknown';
  readonly reason: string;
  /** The settings whose values are not known. */
  readonly settings: readonly Placed<unknown>[];
}

export type Login = DirectoryLogin | OtherLogin | FaultyLogin | UnknownLogin;
