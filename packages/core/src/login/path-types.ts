// The way of a login as a picture: stations, what rules each, what is wrong there. Values only; whoever shows it formats it.
import type { Configuration, Origin } from '../evaluate/index.js';
import type { Login } from './answer.js';
import type { MachineFacts } from './machine-facts.js';
import type { Offered } from './mechanisms.js';
import type { Placed } from './types.js';

/** Green: looked at and good. Amber: works with a doubt. Red: no login passes. Grey: not looked at, or not come to. */
export type PathState = 'green' | 'amber' | 'red' | 'grey';

/** The stations in the order in which a login comes to them. */
export const STATIONS = ['user', 'web', 'prosody', 'module', 'directory', 'answer'] as const;
export type StationName = (typeof STATIONS)[number];

/** What a rule found, as far as the picture needs it. The lint's findings are of this shape. */
export interface PathFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly at: Origin;
}

/** What a step of the live check found, as far as the picture needs it. */
export interface PathStep {
  readonly step: string;
  readonly server: string | null;
  readonly verdict: 'ok' | 'warning' | 'error' | 'skipped';
  readonly did: string;
  readonly found: string;
  readonly prosodyLogs: string | null;
  readonly userSees: string | null;
  readonly help: string | null;
  readonly settings: readonly Placed<unknown>[];
}

/** What a rehearsal of a login found, as far as the picture needs it. */
export interface PathRehearsal {
  readonly outcome: 'granted' | 'refused' | 'hangs' | 'not-offered' | 'not-served' | 'unknown';
  readonly answer: string | null;
  readonly userSees: string;
  readonly why: string;
  readonly help: string | null;
}

/** What the picture is drawn from. What is null was not looked at. */
export interface PathInput {
  readonly configuration: Configuration;
  /** The prepared name of the virtual host. */
  readonly host: string;
  readonly findings: readonly PathFinding[];
  /** Who answers the login, from `loginOf`. */
  readonly login: Login;
  /** What the host offers to a web page, from `mechanismsOffered`. */
  readonly offered: Offered | null;
  readonly machine: MachineFacts | null;
  readonly steps: readonly PathStep[] | null;
  readonly rehearsal: PathRehearsal | null;
}

/** One thing that was looked at. */
export interface PathCheck {
  readonly state: PathState;
  /** What is so. */
  readonly text: string;
  /** What comes of it; null where that is plain. */
  readonly why: string | null;
  readonly help: string | null;
  /** Prosody's words in its log; null where it says nothing or nothing is wrong. */
  readonly log: string | null;
  readonly at: Origin | null;
  /** The rule that found it; null for what the machine or the directory says. */
  readonly rule: string | null;
}

export interface PathStation {
  readonly station: StationName;
  /** What people call it: `Prosody`, `mod_auth_ldap2`. */
  readonly title: string;
  /** One sentence: what happens here. */
  readonly does: string;
  readonly state: PathState;
  /** What rules it, with the places; no value is a secret. */
  readonly settings: readonly Placed<string>[];
  /** The worst first. */
  readonly checks: readonly PathCheck[];
  /** The first that makes it red or amber. */
  readonly cause: PathCheck | null;
}

export interface PathEdge {
  readonly from: StationName;
  readonly to: StationName;
  /** What goes over it: `BOSH, WebSocket`, `LDAPS`. */
  readonly label: string;
  readonly state: PathState;
}

export interface LoginPath {
  readonly host: string;
  /** The worst of the stations; grey only where all are. */
  readonly state: PathState;
  readonly stations: readonly PathStation[];
  readonly edges: readonly PathEdge[];
  /** Where a login stops first. */
  readonly first: { readonly station: StationName; readonly cause: PathCheck } | null;
  /** Findings that do not concern the login of this host. */
  readonly elsewhere: number;
}
