// What both versions take, but not for the same.
import { findModule, findOption, isSecret, type OptionInfo } from '../../catalog/index.js';
import {
  compare,
  compareModules,
  effective,
  GLOBAL,
  loadedModules,
  type Origin,
  openReason,
  type Setting,
  type Value,
} from '../../evaluate/index.js';
import { perform } from '../../patch/plan.js';
import type { Finding, Fix } from '../../rules/finding.js';
import { listWords, sectionWords } from '../../rules/support/words.js';
import type { Readings } from './language.js';

type Found = Omit<Finding, 'fix' | 'related'> & { readonly related?: Finding['related']; readonly fix?: () => Fix | null };

/** Everything that is read differently. Of a version that refuses the tree nobody can say what it would have. */
export function differences(readings: Readings): Found[] {
  const { before, after } = readings;
  return [
    ...(before.ok && after.ok ? [...changedValues(readings), ...changedModules(readings)] : []),
    ...removedOptions(readings),
    ...(after.ok && readings.complete ? [...movedModules(readings), ...changedDefaults(readings)] : []),
  ];
}

function changedValues({ before, after }: Readings): Found[] {
  return compare(before, after).flatMap(({ scope, options }) =>
    options
      // of what is only there in one of them, its value may be what the machine gives
      .filter(({ kind, before: old, after: now }) => kind === 'changed' || (kind !== 'uncertain' && isKnown((old ?? now)!.value)))
      .map(({ name, before: old, after: now }) => ({
        rule: 'changed-value',
        severity: 'warning' as const,
        message: `\`${name}\` of ${sectionWords(scope)} is not the same in Prosody ${after.version}`,
        why: `Prosody ${before.version} has ${shown(name, old?.value)}, ${after.version} has ${shown(name, now?.value)}.`,
        help: 'Write the value so that it does not depend on the version, without reading other options back.',
        at: (now ?? old)!.setting.nameOrigin,
      })),
  );
}

/** Nothing in it depends on the machine. */
function isKnown(value: Value, depth = 0): boolean {
  if (value.kind !== 'table') return value.kind !== 'unknown';
  return depth < 50 && !openReason(value) && [...value.table.entries.values()].every(entry => isKnown(entry.value, depth + 1));
}

/** A value in words, where it is short and no secret. */
function shown(name: string, value: Value | undefined): string {
  if (!value || value.kind === 'nil') return 'nothing';
  if (isSecret(name)) return 'one value';
  if (value.kind === 'string') return value.value.length > 60 ? 'one text' : `"${value.value}"`;
  if (value.kind === 'number' || value.kind === 'boolean') return String(value.value);
  return value.kind === 'table' ? `a table of ${value.table.entries.size}` : `a ${value.kind}`;
}

/** Modules that one version loads by itself, or leaves out. */
function changedModules({ before, after }: Readings): Found[] {
  const groups = new Map<string, { kind: 'gained' | 'lost'; names: string[]; places: Origin[] }>();
  for (const { host, modules } of compareModules(before, after)) {
    const place = (after.sections.get(host) ?? before.sections.get(host))?.openings[0]?.origin;
    if (!place) continue;
    for (const kind of ['gained', 'lost'] as const) {
      // what Prosody loads whatever is written is its own affair: mod_posix of 0.12 is inside the server in 13.0
      const own = modules.filter(
        ({ name, before: old, after: now }) =>
          (old ?? now)?.some(source => source.kind !== 'always') && (!now || findModule(name, after.version)),
      );
      const names = own.filter(module => module.kind === kind).map(({ name }) => name);
      const group = groups.get(`${kind} ${names}`) ?? { kind, names, places: [] };
      if (names.length > 0) groups.set(`${kind} ${names}`, { ...group, places: [...group.places, place] });
    }
  }
  return [...groups.values()].map(({ kind, names, places: [at, ...others] }) => ({
    rule: 'changed-modules',
    severity: 'info' as const,
    message: `Prosody ${after.version} ${kind === 'gained' ? 'loads' : 'does not load'} ${listWords(names.map(name => `mod_${name}`))} here`,
    why: `Prosody ${before.version} ${kind === 'gained' ? 'does not' : 'does'}, with the same configuration.`,
    help:
      kind === 'gained'
        ? 'Nothing has to be done, unless it is not wanted: then list it in `modules_disabled`.'
        : 'Take it out of `modules_enabled`, if it stands there.',
    at: at!,
    related: others.map(other => ({ message: 'and here', at: other })),
  }));
}

/** Whether Prosody itself reads an option. Other modules may be had for either version. */
function readers(option: OptionInfo | undefined): boolean {
  return option?.readers.some(({ source }) => source === 'core' || source === 'prosody') ?? false;
}

function removedOptions({ before, after }: Readings): Found[] {
  const settings = new Map<Setting, string>();
  for (const section of after.sections.values())
    for (const { setting } of section.options.values()) if (setting.form !== 'opening') settings.set(setting, section.name);
  return [...settings].flatMap(([{ name, nameOrigin }]) => {
    const [old, now] = [findOption(name, before.version), findOption(name, after.version)];
    // what is outdated has rules of its own
    if (!readers(old) || (now?.readers.length ?? 0) > 0 || now?.obsolete || now?.deprecated || old?.obsolete || old?.deprecated)
      return [];
    return [
      {
        rule: 'removed-option',
        severity: 'warning' as const,
        message: `Prosody ${after.version} does not read \`${name}\``,
        why: `${listWords([...new Set(old!.readers.map(({ module }) => `mod_${module}`))])} of Prosody ${before.version} ${old!.readers.length === 1 ? 'reads' : 'read'} it.`,
        help: 'Look into the documentation of the module for what took its place, or remove it.',
        at: nameOrigin,
      },
    ];
  });
}

/** Modules that are a part of Prosody in one version and of prosody-modules in the other. */
function movedModules({ before, after }: Readings): Found[] {
  const told = new Set<string>();
  return loadedModules(after).flatMap(({ modules }) =>
    modules.flatMap(({ name, sources }) => {
      const [old, now] = [findModule(name, before.version), findModule(name, after.version)];
      const place = sources.flatMap(source => ('origin' in source && source.origin ? [source.origin] : []))[0];
      if (!old || !now || !place || told.has(name) || (old.source === 'prosody') === (now.source === 'prosody')) return [];
      told.add(name);
      const comes = now.source === 'prosody';
      return [
        {
          rule: 'moved-module',
          severity: comes ? ('info' as const) : ('warning' as const),
          message: `mod_${name} is ${comes ? 'a part of' : 'no part of'} Prosody ${after.version}`,
          why: comes
            ? `Prosody ${before.version} had it from prosody-modules. A copy in \`plugin_paths\` is found first, and is the older one.`
            : `Without prosody-modules, Prosody ${after.version} does not find it.`,
          help: comes
            ? 'Remove the copy from the folders of `plugin_paths`.'
            : 'Install prosody-modules, or take the module out.',
          at: place,
        },
      ];
    }),
  );
}

interface ChangedDefault {
  readonly option: string;
  /** The module that reads it. */
  readonly module: string;
  /** An option without which it has no effect. */
  readonly needs: string;
  readonly values: Readonly<Record<Readings['after']['version'], boolean>>;
  readonly why: string;
}

/** Defaults that are not what they were, where that changes who may do what. */
const DEFAULTS: readonly ChangedDefault[] = [
  {
    // mod_muc.lua: 0.12.3 line 118, 13.0.1 line 132
    option: 'component_admins_as_room_owners',
    module: 'muc',
    needs: 'admins',
    values: { '0.12': true, '13.0': false },
    why: 'With it, every admin is an owner of every room. Jicofo, which is an admin so that it may make others moderators, needs it.',
  },
];

function changedDefaults({ files, before, after, options }: Readings): Found[] {
  const modules = loadedModules(after);
  return DEFAULTS.flatMap(({ option, module, needs, values, why }) =>
    modules
      .filter(host => host.modules.some(({ name }) => name === module))
      .flatMap(({ host }) => {
        const opening = after.sections.get(host)?.openings[0];
        if (!opening || host === GLOBAL || effective(after, host, option) || !effective(after, host, needs)) return [];
        const [old, now] = [values[before.version], values[after.version]];
        const fix = (): Fix | null => {
          const scope = after.sections.get(host)!.kind === 'component' ? { component: host } : { host };
          const step = perform({ files, configuration: after, options }, { op: 'set', scope, name: option, value: old });
          return step.status === 'changed' ? { title: `Set \`${option} = ${old}\``, safety: 'safe', ...step.changes } : null;
        };
        return [
          {
            rule: 'changed-default',
            severity: 'warning' as const,
            message: `\`${option}\` is ${now} in Prosody ${after.version} unless it is set`,
            why: `It was ${old} in Prosody ${before.version}. ${why}`,
            help: `Set \`${option} = ${old}\` to have it as it was.`,
            at: opening.origin,
            fix,
          },
        ];
      }),
  );
}
