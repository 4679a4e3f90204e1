// The options of a version, from the generated data and from what was written by hand. Of some fifteen hundred a configuration
// sets thirty, so what is known of one is put together when it is asked for.
import { communityModules } from './community.js';
import { coreOptions } from './core-options.js';
import { rawCatalog } from './data.js';
import { isGlobalOnly } from './global-only.js';
import { jitsiModules } from './jitsi.js';
import { type ListedOption, listedOptions } from './module-table.js';
import { typeOfOption } from './option-type.js';
import type { RawCatalog, RawFile, RawRead, RawValue } from './raw.js';
import { replacementFor } from './replacements.js';
import { isSecret } from './secrets.js';
import { serviceOptions } from './services.js';
import type { CatalogSource, CatalogValue, Getter, OptionInfo, OptionReader, OptionType, ProsodyVersion } from './types.js';

/** What is gathered of an option before its type can be told. */
interface Draft {
  readonly readers: OptionReader[];
  /** the type that its net service gives it */
  type?: OptionType;
  comparedWithBoolean?: boolean;
}

/** The options of one version. */
export interface Options {
  /** What is known of an option; undefined when nothing that we know of reads it. */
  get(name: string): OptionInfo | undefined;
  /** The names of all, sorted. */
  names(): readonly string[];
}

const opened = new Map<ProsodyVersion, Options>();

/** Every option of a version by name. */
export function optionsOf(version: ProsodyVersion): Options {
  const known = opened.get(version) ?? open(version);
  opened.set(version, known);
  return known;
}

function open(version: ProsodyVersion): Options {
  const raw = rawCatalog(version);
  const community = communityModules().options;
  const services = grouped(serviceOptions(raw), ({ name }) => name);
  const { obsolete, deprecated, globalOnly } = raw.checkLists;
  const alone = new Set([...Object.keys(coreOptions), ...obsolete, ...Object.keys(deprecated), ...globalOnly]);
  const infos = new Map<string, OptionInfo | undefined>();
  const make = (name: string): OptionInfo | undefined => {
    const draft: Draft = { readers: [] };
    if (Object.hasOwn(raw.options, name)) addReads(draft, raw.options[name] ?? [], raw.files);
    for (const { type, reader } of services.get(name) ?? []) Object.assign(draft, { type }).readers.push(reader);
    addTasks(draft, name, raw);
    if (Object.hasOwn(community, name))
      for (const [module, ...getters] of community[name] ?? []) addListed(draft, { module, source: 'prosody-modules', getters });
    for (const listed of jitsiReads().get(name) ?? []) addListed(draft, listed);
    return draft.readers.length > 0 || alone.has(name) ? finish(name, draft, version) : undefined;
  };
  return {
    get(name) {
      if (!infos.has(name)) infos.set(name, make(name));
      return infos.get(name);
    },
    names() {
      const listed = [...Object.keys(community), ...jitsiReads().keys()];
      const read = [...Object.keys(raw.options), ...services.keys(), ...raw.tasks.map(({ name }) => name)];
      const all = new Set([...read, ...listed, ...alone]);
      return [...all].sort();
    },
  };
}

function addReads(draft: Draft, reads: readonly RawRead[], files: readonly RawFile[]): void {
  for (const [fileIndex, getter, scope, line, details] of reads) {
    const [file = '', module = '', community = 0] = files[fileIndex] ?? [];
    if (details?.boolean) draft.comparedWithBoolean = true;
    draft.readers.push({
      module,
      getter,
      scope: scope === 'g' ? 'global' : 'host',
      source: community ? 'prosody-modules' : file.startsWith('modules/') ? 'prosody' : 'core',
      file,
      line,
      ...(details?.default !== undefined ? { default: catalogValue(details.default) } : {}),
      ...(details?.enum ? { values: details.enum.map(catalogValue) } : {}),
      ...(details?.min !== undefined ? { min: catalogValue(details.min) } : {}),
      ...(details?.max !== undefined ? { max: catalogValue(details.max) } : {}),
    });
  }
}

function catalogValue(value: RawValue): CatalogValue {
  const expression =
    typeof value === 'object' && value !== null && !Array.isArray(value) && '$expr' in value ? value.$expr : undefined;
  return typeof expression === 'string' ? { expression } : { literal: value };
}

function addTasks(draft: Draft, wanted: string, raw: RawCatalog): void {
  for (const { name, when, line, file: index } of raw.tasks) {
    if (name !== wanted) continue;
    const [file = '', module = '', community = 0] = raw.files[index] ?? [];
    const source = community ? 'prosody-modules' : 'prosody';
    draft.readers.push({ module, getter: 'period', scope: 'host', source, file, line, default: { literal: `1${when}` } });
  }
}

/** That a module of the collection or of Jitsi reads an option. */
interface ListedRead extends Pick<ListedOption, 'getters'> {
  readonly module: string;
  readonly source: CatalogSource;
}

let ofJitsi: ReadonlyMap<string, readonly ListedRead[]> | undefined;

/** What modules of Jitsi read, by the name of the option; the same for every version. */
function jitsiReads(): ReadonlyMap<string, readonly ListedRead[]> {
  ofJitsi ??= grouped(
    jitsiModules.flatMap(entry =>
      listedOptions(entry).map(({ name, getters }) => ({ name, getters, module: entry.module, source: 'jitsi' as const })),
    ),
    ({ name }) => name,
  );
  return ofJitsi;
}

const serviceTypes: Readonly<Record<string, OptionType>> = { ports: 'port-list', interfaces: 'interface-list', ssl: 'ssl' };

function addListed(draft: Draft, { module, source, getters }: ListedRead): void {
  for (const getter of getters) {
    const type = serviceTypes[getter];
    if (type && !draft.type) draft.type = type;
    draft.readers.push({ module, getter: type ? 'raw' : (getter as Getter), scope: 'host', source });
  }
}

function finish(name: string, { readers, type, comparedWithBoolean }: Draft, version: ProsodyVersion): OptionInfo {
  const { obsolete, deprecated } = rawCatalog(version).checkLists;
  const text = Object.hasOwn(deprecated, name) ? deprecated[name] : undefined;
  const own = [...readers].sort((a, b) => rank(a) - rank(b));
  const fallback = own.find(reader => reader.default)?.default;
  const optionType = type ?? typeOfOption(name, readers, comparedWithBoolean === true);
  const values = optionType === 'enum' ? own.find(reader => reader.values)?.values : undefined;
  return {
    name,
    type: optionType,
    readers,
    scope: isGlobalOnly(name, version) ? 'global' : 'any',
    secret: isSecret(name),
    source: Object.hasOwn(coreOptions, name) ? 'core' : (own[0]?.source ?? 'prosody'),
    ...(values ? { values } : {}),
    ...(fallback ? { default: fallback } : {}),
    ...(text !== undefined ? { deprecated: { text, replacement: replacementFor(name, false) } } : {}),
    ...(obsolete.includes(name)
      ? { obsolete: { text: 'it has no effect any more', replacement: replacementFor(name, true) } }
      : {}),
  };
}

/** Whose word counts first: Prosody's, then Debian's prosody-modules, Jitsi's, and the rest of the collection. */
const order: readonly CatalogSource[] = ['prosody', 'core', 'prosody-modules', 'jitsi'];

const rank = ({ source, file }: OptionReader): number =>
  source === 'prosody-modules' && file === undefined ? order.length : order.indexOf(source);

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
