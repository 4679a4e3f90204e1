import type { Document } from '../syntax/index.js';
import { positionAt } from '../text/index.js';
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
import type { Journal } from './journal.js';
import type { LuaFault } from './run.js';
import type { Origin } from './values.js';

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
  };
}

/** `set(config_table, host, key, value)` of core/configmanager.lua: the section comes to be, a nil takes the option away. */
export function record(builder: ConfigurationBuilder, journal: Journal, setting: Setting): void {
  builder.settings.push(setting);
  let options = builder.options.get(setting.scope);
  if (!options) {
    options = new Map();
    journal.write(builder.options, setting.scope, options);
  }
  const before = options.get(setting.name);
  const overrode = before ? [...before.overrode, before.setting] : [];
  journal.write(options, setting.name, setting.value.kind === 'nil' ? undefined : { value: setting.value, setting, overrode });
}

/** The finished sections, the global one first, the others in the order in which they came to be. */
export function sectionsOf(builder: ConfigurationBuilder): Map<string, Section> {
  const sections = new Map<string, Section>();
  for (const [name, options] of builder.options) {
    const component = options.get('component_module');
    const kind = name === GLOBAL ? 'global' : component && component.value.kind !== 'boolean' ? 'component' : 'host';
    sections.set(name, { name, kind, options, openings: builder.openings.filter(opening => opening.scope === name) });
  }
  return sections;
}

/** The chunk's name in Lua's messages: luaO_chunkid cuts what is 60 bytes or longer (lobject.c, LUA_IDSIZE). */
export function chunkName(file: string): string {
  return file.length < 60 ? file : `...${file.slice(-56)}`;
}

export function lineOf(builder: ConfigurationBuilder, origin: Origin, offset = origin.start): number {
  const document = builder.documents.get(origin.file);
  return document ? positionAt(document.lines, offset).line : 1;
}

/** Keeps what Lua raised; the first of these is the one that Prosody stops at. */
export function recordFault(builder: ConfigurationBuilder, fault: LuaFault): void {
  const place = fault.at ? `${chunkName(fault.at.file)}:${lineOf(builder, fault.at)}: ` : '';
  builder.errors.push({ level: 'parser', kind: 'run', message: fault.message, text: place + fault.message, origin: fault.cause });
}
