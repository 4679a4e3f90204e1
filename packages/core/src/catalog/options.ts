// Every option of a version, from the generated data and from what was written by hand.
import { communityModules } from './community.js';
import { coreOptions } from './core-options.js';
import { rawCatalog } from './data.js';
import { isGlobalOnly } from './global-only.js';
import { jitsiModules } from './jitsi.js';
import type { ListedModule } from './module-table.js';
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

const built = new Map<ProsodyVersion, ReadonlyMap<string, OptionInfo>>();

/** Every option of a version by name, built when first asked for. */
export function optionsOf(version: ProsodyVersion): ReadonlyMap<string, OptionInfo> {
  const known = built.get(version) ?? build(version);
  built.set(version, known);
  return known;
}

function build(version: ProsodyVersion): ReadonlyMap<string, OptionInfo> {
  const raw = rawCatalog(version);
  const drafts = new Map<string, Draft>();
  const draft = (name: string): Draft => {
    const found = drafts.get(name) ?? { readers: [] };
    drafts.set(name, found);
    return found;
  };
  for (const [name, reads] of Object.entries(raw.options)) addReads(draft(name), reads, raw.files);
  for (const { name, type, reader } of serviceOptions(raw)) Object.assign(draft(name), { type }).readers.push(reader);
  addTasks(raw, draft);
  addListed(communityModules, 'prosody-modules', draft);
  addListed(jitsiModules, 'jitsi', draft);
  const { obsolete, deprecated, globalOnly } = raw.checkLists;
  for (const name of [...Object.keys(coreOptions), ...obsolete, ...Object.keys(deprecated), ...globalOnly]) draft(name);
  const names = [...drafts.keys()].sort();
  return new Map(names.map(name => [name, finish(name, draft(name), version)]));
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

function addTasks(raw: RawCatalog, draft: (name: string) => Draft): void {
  for (const { name, when, line, file: index } of raw.tasks) {
    const [file = '', module = '', community = 0] = raw.files[index] ?? [];
    const source = community ? 'prosody-modules' : 'prosody';
    draft(name).readers.push({ module, getter: 'period', scope: 'host', source, file, line, default: { literal: `1${when}` } });
  }
}

const serviceTypes: Readonly<Record<string, OptionType>> = { ports: 'port-list', interfaces: 'interface-list', ssl: 'ssl' };

function addListed(modules: readonly ListedModule[], source: CatalogSource, draft: (name: string) => Draft): void {
  for (const { module, options } of modules) {
    for (const { name, getters } of options) {
      const found = draft(name);
      for (const getter of getters) {
        const type = serviceTypes[getter];
        if (type && !found.type) found.type = type;
        found.readers.push({ module, getter: type ? 'raw' : (getter as Getter), scope: 'host', source });
      }
    }
  }
}

function finish(name: string, { readers, type, comparedWithBoolean }: Draft, version: ProsodyVersion): OptionInfo {
  const { obsolete, deprecated } = rawCatalog(version).checkLists;
  const text = deprecated[name];
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
