// How core/modulemanager.lua reads modules_enabled and modules_disabled: `set.new(list)` of util/set.lua, which walks the list
// with `ipairs`. The walk ends at the first nil, sees no entry with a name, takes a string for an empty list, and fails with a
// number.
import { type Configuration, type Effective, effective, GLOBAL } from './configuration.js';
import { toText } from './operators.js';
import { NIL, type Origin, openReason, type TableValue, type UnknownValue, type Value } from './values.js';

/** Where the configuration says something: an option of a section, and the place that says it. */
export interface OptionSource {
  readonly kind: 'option';
  readonly option: string;
  /** The section that the option was set in, `*` for the global one. */
  readonly scope: string;
  readonly origin: Origin;
}

/** A name in a list. Listed with a `doubt`, it depends on an unknown whether Prosody finds it there. */
export interface ListedModule {
  readonly source: OptionSource;
  readonly doubt: string | null;
}

/** What a list may hold besides, and why that is not known. */
export interface OpenList {
  readonly reason: string;
  readonly source: OptionSource;
}

/** A part of a list that Prosody makes nothing of. */
export interface UnreadEntry {
  readonly reason: 'behind a gap' | 'has a key' | 'not a list' | 'not a name';
  /** The module that was meant, where it can be told. */
  readonly name: string | null;
  readonly source: OptionSource;
}

/** A list of modules as Prosody reads it. */
export interface ModuleList {
  readonly names: ReadonlyMap<string, ListedModule>;
  readonly open: readonly OpenList[];
  readonly unread: readonly UnreadEntry[];
  /** Lua's error where the value is none that can be walked: it ends the start of the server. */
  readonly failure: string | null;
}

/** What is being read: its value at one place, and the option that it is of. */
interface Draft {
  readonly names: Map<string, ListedModule>;
  readonly open: OpenList[];
  readonly unread: UnreadEntry[];
  failure: string | null;
}

/**
 * A section's own list. A host's is no list of its own where Prosody gets the same value for the global section:
 * `if host_modules_enabled == global_modules_enabled then host_modules_enabled = nil` (core/modulemanager.lua).
 */
export function moduleList(configuration: Configuration, scope: string, option: string): ModuleList {
  const own = effective(configuration, scope, option);
  if (!own || own.inherited || (scope !== GLOBAL && isGlobalOne(configuration, option, own.value)))
    return { names: NO_NAMES, open: [], unread: [], failure: null };
  const draft: Draft = { names: new Map(), open: [], unread: [], failure: null };
  const source = { kind: 'option', option, scope: own.setting.scope, origin: own.setting.valueOrigin } as const;
  readValue(draft, own.value, source);
  return draft;
}

const NO_NAMES: ModuleList['names'] = new Map();

/** Lua's `==`: tables by identity, the rest by value. */
function isGlobalOne({ sections }: Configuration, option: string, value: Value): boolean {
  const global = sections.get(GLOBAL)?.options.get(option)?.value;
  if (!global || global.kind !== value.kind) return false;
  if (global.kind === 'table') return global.table === (value as TableValue).table;
  const text = toText(global);
  return text !== undefined && text === toText(value);
}

function readValue(draft: Draft, value: Value, source: OptionSource): void {
  if (value.kind === 'table') readTable(draft, value, source);
  else if (value.kind === 'unknown') readUnknown(draft, value, source);
  else if (value.kind === 'string') draft.unread.push({ reason: 'not a list', name: value.value, source });
  // nil and false are as good as no list
  else if (value.kind !== 'nil' && !(value.kind === 'boolean' && !value.value))
    draft.failure = `attempt to index a ${value.kind} value`;
}

/** A value that may be any of some: what all of them list is sure. */
function readUnknown(draft: Draft, value: UnknownValue, source: OptionSource): void {
  const { reason, choices } = value;
  if (!choices) {
    draft.open.push({ reason, source });
    return;
  }
  const ways = choices.map(choice => {
    const way: Draft = { names: new Map(), open: [], unread: [], failure: null };
    readValue(way, choice, source);
    return way;
  });
  for (const name of new Set(ways.flatMap(way => [...way.names.keys()]))) {
    const found = ways.map(way => way.names.get(name));
    const listed = found.find(entry => entry !== undefined)!;
    draft.names.set(name, found.every(entry => entry?.doubt === null) ? listed : { ...listed, doubt: reason });
  }
  for (const way of ways) {
    draft.open.push(...way.open);
    draft.unread.push(...way.unread);
    if (way.failure !== null) draft.open.push({ reason, source });
  }
}

function readTable(draft: Draft, list: TableValue, source: OptionSource): void {
  if (list.proxy) {
    // what 13.0 gives for an option that is read back answers every key but its methods with an error
    draft.failure = "Unknown config option operation: '1'";
    return;
  }
  const { entries, state } = list.table;
  const meta = state.get('meta');
  if (meta && !(meta.kind === 'table' && !meta.table.entries.has('__index') && !openReason(meta)))
    draft.open.push({ reason: 'the list has a metatable', source });
  let doubt: string | null = null;
  let index = 1;
  for (let entry = entries.get(index); entry; entry = entries.get(++index)) {
    const at = { ...source, origin: entry.origin ?? entry.value.origin ?? source.origin };
    readName(draft, entry.value, at, doubt);
    // behind what may be nil, nobody knows whether the walk goes on
    if (entry.value.kind === 'unknown' && mayBeNil(entry.value)) doubt ??= entry.value.reason;
  }
  const more = openReason(list);
  if (more) draft.open.push({ reason: more, source });
  else readRest(draft, list, index, source);
}

function mayBeNil({ choices }: UnknownValue): boolean {
  return choices?.some(choice => choice.kind === 'nil' || choice.kind === 'unknown') ?? true;
}

function readName(draft: Draft, value: Value, source: OptionSource, doubt: string | null): void {
  const name = toText(value);
  if (name !== undefined) {
    const before = draft.names.get(name);
    if (!before || (before.doubt !== null && doubt === null)) draft.names.set(name, { source, doubt });
  } else if (value.kind === 'unknown') {
    const names = value.choices?.map(choice => (choice.kind === 'nil' ? null : toText(choice)));
    if (!names || names.includes(undefined)) draft.open.push({ reason: value.reason, source });
    for (const choice of names ?? [])
      if (typeof choice === 'string' && !draft.names.has(choice))
        draft.names.set(choice, { source, doubt: doubt ?? value.reason });
  } else draft.unread.push({ reason: 'not a name', name: null, source });
}

/** What the walk does not come to. */
function readRest(draft: Draft, { table }: TableValue, end: number, source: OptionSource): void {
  for (const [key, { value, origin }] of table.entries) {
    if (typeof key === 'number' && Number.isInteger(key) && key >= 1 && key < end) continue;
    const at = { ...source, origin: origin ?? value.origin ?? source.origin };
    const behind = typeof key === 'number';
    const named = behind || typeof key !== 'string' ? toText(value) : value.kind === 'boolean' ? key : toText(value);
    draft.unread.push({ reason: behind ? 'behind a gap' : 'has a key', name: named ?? null, source: at });
  }
}

/** What holds for an option of a host, each possibility that is known of: a value that may be nil may be the global one. */
export function possibilities(configuration: Configuration, scope: string, option: string): readonly Value[] {
  const own = effective(configuration, scope, option);
  if (own?.value.kind !== 'unknown') return [own?.value ?? NIL];
  const choices = own.value.choices ?? [own.value];
  if (scope === GLOBAL || own.inherited) return choices;
  return choices.flatMap(choice => (choice.kind === 'nil' ? possibilities(configuration, GLOBAL, option) : [choice]));
}

/** The place that says what an option of a host is; null where nothing does. */
export function sourceOf(configuration: Configuration, scope: string, option: string): OptionSource | null {
  const holds: Effective | undefined = effective(configuration, scope, option);
  return holds ? { kind: 'option', option, scope: holds.setting.scope, origin: holds.setting.valueOrigin } : null;
}
