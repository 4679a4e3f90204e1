// The modules of a host that come from lists: its own, the global ones, and those that Prosody loads unasked.
import type { ProsodyVersion } from '../catalog/index.js';
import type { ModuleList } from './module-lists.js';
import type { DisabledModule, LoadedModule, UnknownModule } from './modules.js';
import type { ModuleSource } from './providers.js';

export type Lists = readonly [globalOn: ModuleList, globalOff: ModuleList, hostOn: ModuleList, hostOff: ModuleList];

/** `autoload_modules` of core/modulemanager.lua; 0.12 has the platform's own module too, which on Debian is posix. */
const AUTOLOAD: Readonly<Record<ProsodyVersion, readonly string[]>> = {
  '0.12': ['posix', 'presence', 'message', 'iq', 'offline', 'c2s', 's2s', 's2s_auth_certs'],
  '13.0': ['presence', 'message', 'iq', 'offline', 'c2s', 's2s', 's2s_auth_certs'],
};

/** `component_inheritable_modules` of core/modulemanager.lua, the same in both versions. */
const INHERITABLE = new Set(['tls', 'saslauth', 'dialback', 'iq', 's2s', 's2s_bidi', 'smacks', 'server_contact_info']);

/** True or false, or why that is not known. */
type Answer = boolean | string;

const or = (a: Answer, b: Answer): Answer => (a === true || b === true ? true : a === false ? b : a);
const and = (a: Answer, b: Answer): Answer => (a === false || b === false ? false : a === true ? b : a);
const not = (a: Answer): Answer => (typeof a === 'string' ? a : !a);

function has(list: ModuleList, name: string): Answer {
  const listed = list.names.get(name);
  if (listed && listed.doubt === null) return true;
  return listed?.doubt ?? list.open[0]?.reason ?? false;
}

/**
 * What of the lists a host or component loads: `get_modules_for_host`, with a third answer for what is not known.
 * @param isComponent undefined where that depends on an unknown
 */
export function listedModules(version: ProsodyVersion, lists: Lists, isComponent: boolean | undefined): Lot {
  const [globalOn, , hostOn, hostOff] = lists;
  // of what an open global list may hold, a component takes these
  const perhaps = isComponent === true && globalOn.open[0] ? INHERITABLE : new Set<string>();
  const ask = { autoload: AUTOLOAD[version], lists, isComponent, perhaps };
  const shared = sharedVerdicts(ask);
  // an open list of the host may name anything; else only what it names differs from other hosts
  const isOpen = hostOn.open.length > 0 || hostOff.open.length > 0;
  const verdictOn = (name: string) =>
    isOpen || hostOn.names.has(name) || hostOff.names.has(name) ? verdictOf(ask, name) : shared.get(name)!;
  const added = [...hostOn.names.keys()].filter(name => !shared.has(name));
  const names = added.length === 0 ? [...shared.keys()] : [...shared.keys(), ...added].sort();
  const lot: Lot = { modules: [], disabled: [], unknown: [] };
  for (const name of names) {
    const { module, disabled, unknown } = verdictOn(name);
    if (module) lot.modules.push(module);
    else if (disabled) lot.disabled.push(disabled);
    else if (unknown) lot.unknown.push(unknown);
  }
  const open = [...(isComponent === true ? [] : globalOn.open), ...hostOn.open];
  lot.unknown.push(...open.map(({ reason, source }) => ({ name: null, role: 'module' as const, reason, source })));
  return withoutVcard(lot, () => isLoaded(ask, 'vcard_legacy', has(globalOn, 'vcard_legacy')));
}

/** All that decides which modules of the lists a host loads. */
interface Ask {
  readonly autoload: readonly string[];
  readonly lists: Lists;
  readonly isComponent: boolean | undefined;
  readonly perhaps: ReadonlySet<string>;
}

/** What comes of one name: at most one of the three. */
interface Verdict {
  readonly module?: LoadedModule;
  readonly disabled?: DisabledModule;
  readonly unknown?: UnknownModule;
}

const NO_LIST: ModuleList = { names: new Map(), open: [], unread: [], failure: null };
const verdicts = new WeakMap<ModuleList, Map<string, ReadonlyMap<string, Verdict>>>();

/** What comes of every name that the global lists or Prosody itself bring, in order: found once for all hosts of a kind. */
function sharedVerdicts(ask: Ask): ReadonlyMap<string, Verdict> {
  const { autoload, isComponent, perhaps } = ask;
  const [globalOn, globalOff] = ask.lists;
  const kinds = verdicts.get(globalOn) ?? new Map<string, ReadonlyMap<string, Verdict>>();
  verdicts.set(globalOn, kinds);
  const known = kinds.get(`${isComponent}`);
  if (known) return known;
  const alone = { ...ask, lists: [globalOn, globalOff, NO_LIST, NO_LIST] as const };
  const names = [...new Set([...autoload, ...globalOn.names.keys(), ...perhaps])].sort();
  const found = new Map(names.map(name => [name, verdictOf(alone, name)]));
  kinds.set(`${isComponent}`, found);
  return found;
}

function verdictOf(ask: Ask, name: string): Verdict {
  const { autoload, lists, isComponent, perhaps } = ask;
  const [globalOn, globalOff, hostOn, hostOff] = lists;
  const always = autoload.includes(name);
  const answer = isLoaded(ask, name, or(always, has(globalOn, name)));
  const isTaken = isComponent !== true || INHERITABLE.has(name);
  const on = [...(isTaken ? [globalOn] : []), hostOn].flatMap(list => list.names.get(name)?.source ?? []);
  const sources: ModuleSource[] = always && isTaken ? [{ kind: 'always' }, ...on] : on;
  const by = [hostOff, globalOff].map(list => list.names.get(name)?.source).find(source => source !== undefined);
  if (answer === true) return { module: { name, role: 'module', sources } };
  if (answer === false && by && sources.length > 0) return { disabled: { name, sources, by } };
  // what no list names that counts is among the others
  if (answer === false || (sources.length === 0 && !perhaps.has(name))) return {};
  return { unknown: { name, role: 'module', reason: answer, source: on[0] ?? by ?? globalOn.open[0]?.source ?? null } };
}

function isLoaded({ lists, isComponent }: Ask, name: string, asked: Answer): Answer {
  const [, globalOff, hostOn, hostOff] = lists;
  const component: Answer = isComponent ?? 'whether it is a component';
  const inherited = and(asked, not(has(globalOff, name)));
  const taken = and(inherited, or(not(component), INHERITABLE.has(name)));
  return and(or(taken, has(hostOn, name)), not(has(hostOff, name)));
}

interface Lot {
  readonly modules: LoadedModule[];
  readonly disabled: DisabledModule[];
  readonly unknown: UnknownModule[];
}

/** mod_vcard_legacy replaces mod_vcard: of both, modulemanager drops the latter. */
function withoutVcard(lot: Lot, whetherLegacy: () => Answer): Lot {
  const vcard = lot.modules.find(module => module.name === 'vcard');
  const legacy = vcard ? whetherLegacy() : false;
  if (!vcard || legacy === false) return lot;
  const rest = { ...lot, modules: lot.modules.filter(module => module !== vcard) };
  const heir = lot.modules.find(module => module.name === 'vcard_legacy');
  const by = heir?.sources.find(source => source.kind === 'option');
  if (by) return { ...rest, disabled: [...lot.disabled, { name: 'vcard', sources: vcard.sources, by }] };
  const reason = typeof legacy === 'string' ? legacy : '';
  return { ...rest, unknown: [...lot.unknown, { name: 'vcard', role: 'module', reason, source: vcard.sources[0] ?? null }] };
}
