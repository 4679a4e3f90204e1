// What the requests of Prosodist's own say and answer: for editors that show more than the language server protocol has.
import type {
  CurrentLdap,
  LdapChoices,
  LdapSetupWay,
  PathState,
  SetupStatus,
  SetupStepName,
  StationName,
  WayAdvice,
} from '@prosodist/core';
import type { Location } from 'vscode-languageserver';
import type { Suggestion, SuggestionWish } from '../../live/types.js';

export type { LdapChoices, Location, PathState, Suggestion };

/** Every request is about the tree of an open document. */
export interface Asked {
  readonly textDocument: { readonly uri: string };
}

/** `prosodist/overview`: what there is, and how far LDAP is set up. Contacts nothing. */
export interface Overview {
  /** URI of the main file. */
  readonly entry: string;
  readonly version: '0.12' | '13.0';
  readonly complete: boolean;
  /** Why Prosody would not start; null where it would. */
  readonly refused: string | null;
  readonly findings: { readonly errors: number; readonly warnings: number; readonly infos: number };
  readonly sections: readonly SectionView[];
  /** The hosts that people may log in to, the likeliest first. */
  readonly loginHosts: readonly { readonly host: string; readonly current: CurrentLdap | null }[];
  readonly ways: readonly WayAdvice[];
  /** The guide's steps as the tree has them; none where the tree cannot be read. */
  readonly steps: readonly { readonly step: SetupStepName; readonly status: SetupStatus }[];
  /** Whether a host uses ldap2, and so can be moved. */
  readonly usesLdap2: boolean;
}

/** A section of the configuration with what holds there. */
export interface SectionView {
  /** `*` for the global section. */
  readonly scope: string;
  readonly kind: 'global' | 'host' | 'component';
  readonly at: Location | null;
  /** Who answers a login, of a host; the module, of a component. */
  readonly detail: string | null;
  readonly modules: readonly { readonly name: string; readonly at: Location | null }[];
  readonly options: readonly {
    readonly name: string;
    readonly value: string;
    readonly inherited: boolean;
    readonly at: Location | null;
  }[];
}

/** `prosodist/path`: the way of a login. With `directory` the directory is asked, with `user` and `password` a login is rehearsed. */
export interface PathAsked extends Asked {
  readonly host?: string;
  readonly directory?: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly allowPlaintext?: boolean;
  readonly workDoneToken?: string | number;
}

export interface CheckView {
  readonly state: PathState;
  readonly text: string;
  readonly why: string | null;
  readonly help: string | null;
  readonly log: string | null;
  readonly rule: string | null;
  readonly at: PlaceView | null;
}

/** A place to go to, and its name: `ldap.cfg.lua:12`. */
export interface PlaceView {
  readonly location: Location;
  readonly name: string;
}

export interface StationView {
  readonly station: StationName;
  readonly title: string;
  readonly does: string;
  readonly state: PathState;
  readonly settings: readonly { readonly name: string; readonly value: string; readonly at: PlaceView | null }[];
  readonly checks: readonly CheckView[];
}

export interface PathView {
  readonly host: string;
  readonly hosts: readonly string[];
  readonly state: PathState;
  readonly stations: readonly StationView[];
  readonly edges: readonly { readonly label: string; readonly state: PathState }[];
  readonly first: { readonly title: string; readonly text: string } | null;
  readonly elsewhere: number;
  /** Whether the directory was asked, and how a rehearsed login ended. */
  readonly looked: { readonly directory: boolean; readonly user: string | null };
}

/** `prosodist/suggest`: what a directory says of itself. */
export interface SuggestAsked extends SuggestionWish {
  readonly textDocument?: { readonly uri: string };
  readonly workDoneToken?: string | number;
}

/** `prosodist/plan`, and with its `id` `prosodist/apply`. */
export interface PlanAsked extends Asked {
  readonly job: { readonly kind: 'setup'; readonly choices: LdapChoices } | { readonly kind: 'migrate'; readonly host?: string };
  readonly allowPlaintext?: boolean;
}

export interface ApplyAsked extends PlanAsked {
  /** Of the plan that was shown: where the tree has changed meanwhile, nothing is done. */
  readonly id: string;
}

export interface PlanView {
  readonly id: string;
  readonly title: string;
  /** Why there is no plan, with what to do; null where there is one. */
  readonly refused: { readonly what: string; readonly help: string | null; readonly at: Location | null } | null;
  readonly way: LdapSetupWay;
  readonly steps: readonly {
    readonly step: SetupStepName;
    readonly status: SetupStatus;
    readonly what: string;
    readonly why: string;
    readonly help: string | null;
  }[];
  /** Texts before and after, secrets hidden; before is null for a new file. */
  readonly files: readonly {
    readonly uri: string;
    readonly name: string;
    readonly before: string | null;
    readonly after: string;
  }[];
  readonly links: readonly string[];
  readonly notes: readonly string[];
}

export interface ApplyAnswer {
  readonly ok: boolean;
  readonly problem?: string;
  /** The files that were changed. */
  readonly files: readonly string[];
}
