import type { Origin } from '../evaluate/index.js';
import { capital } from '../text/index.js';
import type { LoginFault } from './answer.js';
import type { PathCheck, PathFinding, PathRehearsal, PathState, PathStep } from './path-types.js';

/** Something that is as it should be. */
export function good(text: string, at: Origin | null = null): PathCheck {
  return { state: 'green', text, why: null, help: null, log: null, at, rule: null };
}

/** Something that is not. */
export function bad(state: 'red' | 'amber', text: string, why: string, help: string, more: Partial<PathCheck> = {}): PathCheck {
  return { state, text, why, help, log: null, at: null, rule: null, ...more };
}

export function notLooked(text: string): PathCheck {
  return { ...good(text), state: 'grey' };
}

/** What a rule says; a remark changes no colour. */
export function findingCheck({ rule, severity, message, why, help, at }: PathFinding): PathCheck {
  const state = ({ error: 'red', warning: 'amber', info: 'green' } as const)[severity];
  return { state, text: message, why, help, log: null, at, rule };
}

const STATE_OF: Readonly<Record<PathStep['verdict'], PathState>> = {
  ok: 'green',
  warning: 'amber',
  error: 'red',
  skipped: 'grey',
};

export function stepCheck({ verdict, did, found, help, prosodyLogs, server, settings }: PathStep): PathCheck {
  const state = STATE_OF[verdict];
  const at = settings.find(setting => setting.origin !== null)?.origin ?? null;
  const common = { state, log: prosodyLogs, at, rule: null };
  // of a fault what was found is the news; of all else what was done
  if (state === 'green' || state === 'grey') return { ...common, text: joined(did, found), why: null, help: null };
  const [text = found, ...rest] = sentences(found);
  const where = server === null || did.includes(server) ? did : `${did} (${server})`;
  return { ...common, text, why: [...rest, ...(where === '' ? [] : [`${capital(where)}.`])].join(' '), help };
}

function joined(did: string, found: string): string {
  if (did === '' || found === did) return found;
  return found === '' ? capital(did) : `${capital(did)}. ${found}`;
}

export function rehearsalCheck({ outcome, why, help, answer }: PathRehearsal): PathCheck {
  const state = outcome === 'granted' ? 'green' : outcome === 'unknown' ? 'amber' : 'red';
  const text = {
    granted: 'Prosody lets this user in',
    refused: `Prosody refuses this user${answer === null ? '' : `: ${answer}`}`,
    hangs: 'Prosody gives no answer: the page says "Connecting…" for ever',
    'not-offered': 'Prosody offers no login with a password',
    'not-served': 'Prosody does not serve this host',
    unknown: 'Whether Prosody lets this user in cannot be told',
  }[outcome];
  return { state, text, why, help, log: null, at: null, rule: null };
}

/** A fault that the settings alone show. */
export function faultCheck({ code, why, help, logs, settings }: LoginFault, named: Origin | null): PathCheck {
  const [text, ...rest] = sentences(why);
  return {
    state: 'red',
    text: text ?? code,
    why: rest.length > 0 ? rest.join(' ') : null,
    help,
    log: logs[0] ?? null,
    at: settings.find(setting => setting.origin !== null)?.origin ?? named,
    rule: null,
  };
}

function sentences(text: string): string[] {
  return text.split(/(?<=[^.][.!?]) (?=\S)/);
}

const RANK: Readonly<Record<PathState, number>> = { red: 3, amber: 2, green: 1, grey: 0 };

/** The worst of some states; grey counts least, so that what was looked at decides. */
export function worst(states: readonly PathState[]): PathState {
  return states.reduce<PathState>((found, state) => (RANK[state] > RANK[found] ? state : found), 'grey');
}

/** The worst first; what is equally bad stays in its order. */
export function sorted(checks: readonly PathCheck[]): PathCheck[] {
  return [...checks].sort((a, b) => RANK[b.state] - RANK[a.state]);
}
