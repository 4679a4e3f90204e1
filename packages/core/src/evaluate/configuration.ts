import type { ProsodyVersion } from '../catalog/index.js';
import type { Document } from '../syntax/index.js';
import type { Origin, Value } from './values.js';

/** The name under which Prosody keeps the global section. */
export const GLOBAL = '*';

/** One time that an option was given a value. */
export interface Setting {
  /** `*` for the global section, else the prepared name of the host or component. */
  readonly scope: string;
  /** The option's name; an entry of a trailing table without a name is `$[1]`, as the oracle writes it. */
  readonly name: string;
  readonly value: Value;
  /** How it was written: `name = value`, an entry of a trailing table, 13.0's append, or by VirtualHost/Component itself. */
  readonly form: 'assignment' | 'entry' | 'append' | 'opening';
  /** The whole of it: the assignment statement or the table entry. */
  readonly origin: Origin;
  readonly nameOrigin: Origin;
  readonly valueOrigin: Origin;
  /** Set where it depends on an unknown whether this happens at all. */
  readonly doubt?: string;
}

/** The state of an option in one section: what holds, and what it overrode, oldest first. */
export interface Option {
  readonly value: Value;
  readonly setting: Setting;
  readonly overrode: readonly Setting[];
}

/** One `VirtualHost "…"` or `Component "…" "…"` of the source. */
export interface Opening {
  readonly kind: 'host' | 'component';
  readonly scope: string;
  /** The name as it was written. */
  readonly written: string;
  /** The whole expression, trailing table included. */
  readonly origin: Origin;
  readonly nameOrigin: Origin;
  /** The component's module as given here, if it was. */
  readonly module: { readonly name: string; readonly origin: Origin } | null;
  /** The trailing table, if there is one: Prosody returns to the global section behind it. */
  readonly table: Origin | null;
  readonly doubt?: string;
}

export interface Section {
  readonly name: string;
  readonly kind: 'global' | 'host' | 'component';
  readonly openings: readonly Opening[];
  readonly options: ReadonlyMap<string, Option>;
}

/** One `Include "…"` that was run. */
export interface Include {
  readonly origin: Origin;
  readonly pattern: string;
  /** The path or glob as Prosody resolves it. */
  readonly path: string;
  readonly glob: boolean;
  /** The section that was open in the including file. */
  readonly scope: string;
  /** The files that were read, in the order in which the folder gives them. */
  readonly files: readonly string[];
}

/** A name that nothing defines, used as a value: most often a string without its quotes. */
export interface UnsetName {
  readonly name: string;
  readonly origin: Origin;
  /** Where its nil went: an option, or an entry of a table (with the table's last known option). */
  readonly use: 'option' | 'entry';
  /** The option, or the key of the table entry (a number for an entry of a list). */
  readonly key: string | number | null;
}

/** Why Prosody would refuse the configuration. */
export interface LoadError {
  /** Who refuses it: the parser, the handling of files, or an error in Prosody itself. */
  readonly level: 'parser' | 'file' | 'exception';
  /** The message, without the place. */
  readonly message: string;
  /** As Prosody prints it, `FILE:LINE: message`. */
  readonly text: string;
  readonly origin: Origin | null;
  readonly kind: 'syntax' | 'run' | 'file';
  /** Of a syntax error: the line that Lua's own message names, where it stopped; `origin` is the culprit. */
  readonly luaLine?: number;
}

/** A warning that Prosody collects while it reads (core/configmanager.lua). */
export interface LoadWarning {
  readonly text: string;
  readonly origin: Origin;
  /** Set where it depends on an unknown whether Prosody comes to the place at all. */
  readonly doubt?: string;
}

/** Where evaluation gave up, and why. */
export interface Stopped {
  readonly reason: string;
  readonly origin: Origin | null;
}

/** What Prosody would have in memory, and how it came there. */
export interface Configuration {
  readonly entry: string;
  readonly version: ProsodyVersion;
  readonly ok: boolean;
  readonly errors: readonly LoadError[];
  readonly warnings: readonly LoadWarning[];
  /** Files in the order in which Prosody finished them: included ones before the including. */
  readonly files: readonly string[];
  /** Every file that was read, by the path Prosody opened it with. */
  readonly documents: ReadonlyMap<string, Document>;
  readonly sections: ReadonlyMap<string, Section>;
  /** Every setting in the order of execution. */
  readonly settings: readonly Setting[];
  readonly openings: readonly Opening[];
  readonly includes: readonly Include[];
  readonly unsetNames: readonly UnsetName[];
  readonly stopped: Stopped | null;
}

/** What holds for an option in a scope: its own value, else the global one (core/configmanager.lua, `host_mt`). */
export interface Effective extends Option {
  readonly inherited: boolean;
}

/**
 * What Prosody would use for an option of a host, with Prosody's fallback to the global section.
 * @param scope `*`, or a host's prepared name; a name that is not configured reads the global section, as in Prosody
 */
export function effective(configuration: Configuration, scope: string, name: string): Effective | undefined {
  const set = configuration.sections.get(scope)?.options.get(name);
  if (set) return held(set, false);
  const global = configuration.sections.get(GLOBAL)?.options.get(name);
  return global && held(global, scope !== GLOBAL);
}

/** Made once: every host asks for the same options of the global section. */
const own = new WeakMap<Option, Effective>();
const inherited = new WeakMap<Option, Effective>();

function held(option: Option, isInherited: boolean): Effective {
  const known = isInherited ? inherited : own;
  let effective = known.get(option);
  if (!effective) {
    effective = { ...option, inherited: isInherited };
    known.set(option, effective);
  }
  return effective;
}

/** The virtual hosts in the order in which they were first opened. */
export function hosts(configuration: Configuration): Section[] {
  return [...configuration.sections.values()].filter(section => section.kind === 'host');
}

/** The components in the order in which they were first opened. */
export function components(configuration: Configuration): Section[] {
  return [...configuration.sections.values()].filter(section => section.kind === 'component');
}
