// What the commands may ask of the machine and the directory. Given from outside: a web page has neither.
import type { Configuration, FileSystem, LoginPath, PathFinding } from '@prosodist/core';

/** One host whose login is looked at. */
export interface Examination {
  readonly configuration: Configuration;
  readonly files: FileSystem;
  readonly entry: string;
  /** The prepared name of the virtual host. */
  readonly host: string;
  readonly findings: readonly PathFinding[];
  /** Ask the directory too; otherwise nothing is contacted. */
  readonly directory: boolean;
  /** Who is looked up, and with the password logs in. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly allowPlaintext?: boolean | undefined;
}

/** Ears and an end for what takes a while. */
export interface Watcher {
  readonly signal: AbortSignal;
  /** Told what is done now, in a few words. */
  readonly tell: (what: string) => void;
}

/** What a directory says of itself, for good questions. */
export interface Suggestion {
  readonly domain: string | null;
  readonly base: string | null;
  readonly attribute: string | null;
  /** Groups whose members could be let in: their DNs, the largest first. */
  readonly groups: readonly string[];
  /** The certificate is of an authority that nobody here trusts. */
  readonly untrusted: boolean;
  /** What was found out, for the person to read; without secrets. */
  readonly told: readonly string[];
}

export interface SuggestionWish {
  readonly server: string;
  readonly account?: { readonly name: string; readonly password: string } | undefined;
  /** A PEM file with the authority that signed the directory's certificate. */
  readonly ca?: string | undefined;
  readonly allowPlaintext?: boolean | undefined;
}

export interface Live {
  /** The way of a login, with what the machine and, where it is asked for, the directory says. */
  examine(examination: Examination, watcher: Watcher): Promise<LoginPath>;
  /** Never rejects: without an answer there is no suggestion. */
  suggest(entry: string | undefined, wish: SuggestionWish, watcher: Watcher): Promise<Suggestion>;
}
