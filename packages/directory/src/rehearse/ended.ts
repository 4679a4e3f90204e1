// How the module and the directory end a login.
import { capital, type Placed } from '@prosodist/core';
import type { DirectoryOptions, Outcome, Verdict } from '../types.js';

/** One of the two inner stations while it is made. */
export interface Seen {
  readonly verdict: Verdict;
  readonly did: string;
  readonly found: string;
  readonly milliseconds: number;
}

/** What became of a login behind SASL. */
export interface Ended {
  readonly outcome: Outcome;
  /** The SASL condition of a refusal. */
  readonly answer: string | null;
  readonly module: Seen;
  readonly directory: Seen;
  /** What Prosody logs of it, in order. */
  readonly logs: readonly string[];
  readonly why: string;
  readonly help: string | null;
  readonly settings: readonly Placed<unknown>[];
}

/** What a module is called, what was done at the directory until now, and since when. */
export interface Way {
  readonly module: string;
  readonly options: DirectoryOptions;
  /** Milliseconds since the directory was first asked. */
  readonly clock: () => number;
}

/** One end of a login: what was done at the directory, what it found, and what is said of it. */
export interface End {
  /** `bound as …, searched …`. */
  readonly did: string;
  /** A clause without its full stop: what the directory found or refused. */
  readonly why: string;
  readonly help?: string | null;
  readonly logs?: readonly string[];
  readonly settings?: readonly Placed<unknown>[];
}

export const NOT_ASKED: Seen = { verdict: 'skipped', did: 'was not asked', found: '', milliseconds: 0 };

/** The module raises a Lua error, or waits for ever: the client gets no answer. */
export function hangs(way: Way, end: End, waits = false): Ended {
  const found = waits ? 'it waits, and the whole of Prosody with it' : 'it ends in a Lua error, so Prosody sends no answer';
  return ended(way, end, 'hangs', null, 'error', found);
}

/** The module says no. */
export function refuses(way: Way, end: End, condition = 'not-authorized'): Ended {
  return ended(way, end, 'refused', condition, 'error', 'it says no, whatever the reason');
}

/** The module says yes. `doubt`: it does so for a reason that is none. */
export function grants(way: Way, end: End, doubt = false): Ended {
  return ended(way, end, 'granted', null, doubt ? 'warning' : 'ok', 'it says yes');
}

/** What is not known because a password would go out in clear. */
export function unsent(way: Way, server: string, settings: readonly Placed<unknown>[]): Ended {
  const why = `the connection to ${server} is not encrypted, so no password was sent, and what the directory would answer is not known`;
  const help = 'Use ldaps:// or StartTLS. To send the password all the same, as Prosody does, allow plain text.';
  return unknown(way, { did: 'sent no password', why, help, settings });
}

/** It cannot be told. */
export function unknown(way: Way, end: End): Ended {
  return ended(way, end, 'unknown', null, 'skipped', 'what it would say is not known');
}

function ended(way: Way, end: End, outcome: Outcome, answer: string | null, verdict: Verdict, found: string): Ended {
  const { did, why, help = null, logs = [], settings = [] } = end;
  return {
    outcome,
    answer,
    module: { verdict, did: `${way.module} looks the user up and tries the password`, found, milliseconds: 0 },
    directory: { verdict, did, found: why, milliseconds: outcome === 'unknown' ? 0 : way.clock() },
    logs,
    why: `${capital(why)}.`,
    help,
    settings,
  };
}
