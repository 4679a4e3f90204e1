import type { Document } from '../syntax/index.js';
import { byteLength, fromByteString, type LineIndex, positionAt, toByteString } from '../text/index.js';
import {
  GLOBAL,
  type Include,
  type LoadError,
  type LoadWarning,
  type Opening,
  type Option,
  type Section,
  type Setting,
  type UnsetName,
} from './configuration.js';
import { type LuaFault, type Run, work } from './run.js';
import type { Origin, UnknownValue } from './values.js';

/** Collects what an evaluation finds. What a branch may take back is kept in Maps and written through the journal. */
export interface ConfigurationBuilder {
  readonly options: Map<string, Map<string, Option>>;
  readonly settings: Setting[];
  readonly openings: Opening[];
  readonly includes: Include[];
  readonly unsetNames: UnsetName[];
  readonly errors: LoadError[];
  readonly warnings: LoadWarning[];
  readonly files: string[];
  readonly documents: Map<string, Document>;
  /** Texts given to Lua's `load`, by chunk name and number. */
  readonly chunks: Map<string, Document>;
  /** Names of sections by the unknown values they were opened with. */
  readonly unknownNames: Map<UnknownValue, string>;
}

export function newBuilder(): ConfigurationBuilder {
  return {
    options: new Map([[GLOBAL, new Map()]]),
    settings: [],
    openings: [],
    includes: [],
    unsetNames: [],
    errors: [],
    warnings: [],
    files: [],
    documents: new Map(),
    chunks: new Map(),
    unknownNames: new Map(),
  };
}

/** `set(config_table, host, key, value)` of core/configmanager.lua: the section comes to be, a nil takes the option away. */
export function record(run: Run, setting: Setting): void {
  put(run, setting);
  // what is evaluated anew may have come out otherwise
  run.reuse.units.push({ scopes: [setting.scope] });
}

/** The same for what was evaluated before, and comes out as it did. */
export function put(run: Run, setting: Setting): void {
  const { builder, journal } = run;
  builder.settings.push(setting);
  let options = builder.options.get(setting.scope);
  if (!options) {
    options = new Map();
    journal.write(builder.options, setting.scope, options);
  }
  const before = options.get(setting.name);
  const overrode = before ? [...before.overrode, before.setting] : [];
  run.counts.overrides += overrode.length;
  work(run, setting.origin, overrode.length);
  journal.write(options, setting.name, setting.value.kind === 'nil' ? undefined : { value: setting.value, setting, overrode });
}

/** Notes how much was found; the result forgets what was found since. */
export function remember(builder: ConfigurationBuilder): () => void {
  const { settings, openings, includes, unsetNames, errors, warnings, files } = builder;
  const lists: { length: number }[] = [settings, openings, includes, unsetNames, errors, warnings, files];
  const lengths = lists.map(list => list.length);
  return () => {
    lists.forEach((list, index) => {
      list.length = lengths[index]!;
    });
  };
}

/** The finished sections, the global one first, the others in the order in which they came to be. */
export function sectionsOf(builder: ConfigurationBuilder): Map<string, Section> {
  const sections = new Map<string, Section>();
  const openings = new Map<string, Opening[]>();
  for (const opening of builder.openings) {
    const same = openings.get(opening.scope);
    if (same) same.push(opening);
    else openings.set(opening.scope, [opening]);
  }
  for (const [name, options] of builder.options) {
    const component = options.get('component_module');
    const kind = name === GLOBAL ? 'global' : component && component.value.kind !== 'boolean' ? 'component' : 'host';
    sections.set(name, { name, kind, options, openings: openings.get(name) ?? [] });
  }
  return sections;
}

/** The chunk's name in Lua's messages: luaO_chunkid cuts what is 60 bytes or longer (lobject.c, LUA_IDSIZE). */
export function chunkName(path: string): string {
  // what `load` made has a number behind a NUL (library/chunk.ts)
  const [file = ''] = path.split('\0');
  return byteLength(file) < 60 ? file : `...${fromByteString(toByteString(file).slice(-56))}`;
}

export function lineOf(builder: ConfigurationBuilder, origin: Origin, offset = origin.start): number {
  const document = builder.documents.get(origin.file) ?? builder.chunks.get(origin.file);
  return document ? positionAt(luaLines(document), offset).line : 1;
}

const luaIndexes = new WeakMap<Document, LineIndex>();

/** The lines as Lua counts them: a CR without its LF ends one too (inclinenumber of llex.c), which it does not in editors. */
function luaLines(document: Document): LineIndex {
  let lines = luaIndexes.get(document);
  if (!lines) {
    const { text } = document;
    const ends = /\r(?!\n)/.test(text) ? [...text.matchAll(/\r\n|\n\r|\r|\n/g)] : undefined;
    lines = ends ? { starts: [0, ...ends.map(end => end.index + end[0].length)], length: text.length } : document.lines;
    luaIndexes.set(document, lines);
  }
  return lines;
}

/** Keeps what Lua raised; the first of these is the one that Prosody stops at. */
export function recordFault(builder: ConfigurationBuilder, fault: LuaFault): void {
  const line = fault.at && lineOf(builder, fault.at);
  const { message, cause: origin } = fault;
  const error = { level: 'parser', kind: 'run', message, text: faultText(builder, fault), origin } as const;
  builder.errors.push(fault.syntax && line !== null ? { ...error, kind: 'syntax', luaLine: line } : error);
}

/** The whole message, with its place where Lua names one. */
export function faultText(builder: ConfigurationBuilder, { at, message }: LuaFault): string {
  return at ? `${chunkName(at.file)}:${lineOf(builder, at)}: ${message}` : message;
}
