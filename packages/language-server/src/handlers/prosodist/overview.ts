import {
  type Configuration,
  currentLdap,
  GLOBAL,
  hosts,
  LDAP_WAYS,
  loadedModules,
  loginHosts,
  loginOf,
  type Option,
  type Section,
  setupLdap,
} from '@prosodist/core';
import { formatValue } from '@prosodist/language-service';
import type { Place } from '../../state/trees.js';
import { locationOf } from './places.js';
import type { Overview, SectionView } from './protocol.js';

/** More than these in one section are not shown. */
const MOST_OPTIONS = 500;
const MOST_SECTIONS = 300;

/** What there is in a tree, and how far LDAP is set up there. */
export function overviewOf({ tree }: Place): Overview {
  const { configuration, findings } = tree.result;
  const count = (severity: string) => findings.filter(finding => finding.severity === severity).length;
  const steps = configuration.ok ? setupLdap(tree.files, tree.entry, {}, setupOptions({ tree })).steps : [];
  const names = loginHosts(configuration);
  return {
    entry: tree.uriOf(tree.entry),
    version: configuration.version,
    complete: tree.complete,
    refused: configuration.errors[0]?.text ?? null,
    findings: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    sections: sectionsOf(tree),
    loginHosts: names.map(host => ({ host, current: currentLdap(configuration, host) ?? null })),
    ways: LDAP_WAYS,
    steps: steps.map(({ step, status }) => ({ step, status })),
    usesLdap2: hosts(configuration).some(({ name }) => loginOf(configuration, name).provider === 'ldap2'),
  };
}

/** How a tree is planned for: its version, and the folder above `etc/prosody` with the other programs' files. */
export function setupOptions({ tree }: Pick<Place, 'tree'>) {
  const folder = tree.files.realPath(tree.entry).replace(/\/[^/]*$/, '');
  const system = folder.endsWith('/etc/prosody') ? folder.slice(0, -'etc/prosody'.length) : null;
  return { prosody: tree.result.configuration.version, system, jitsi: system !== null };
}

function sectionsOf(tree: Place['tree']): SectionView[] {
  const { configuration } = tree.result;
  const modules = new Map(loadedModules(configuration).map(each => [each.host, each]));
  const global = configuration.sections.get(GLOBAL);
  return [...configuration.sections.values()].slice(0, MOST_SECTIONS).map(section => {
    const own = written(section);
    const inherited = section.kind === 'global' ? [] : written(global).filter(([name]) => !section.options.has(name));
    const option =
      (isInherited: boolean) =>
      ([name, { value, setting }]: [string, Option]) => ({
        name,
        value: formatValue(value, name),
        inherited: isInherited,
        at: locationOf(tree, setting.origin),
      });
    return {
      scope: section.name,
      kind: section.kind,
      at: section.openings[0] ? locationOf(tree, section.openings[0].origin) : null,
      detail: detailOf(configuration, section),
      modules: (modules.get(section.name)?.modules ?? []).map(({ name, sources }) => {
        const origin = sources.flatMap(source => ('origin' in source && source.origin ? [source.origin] : []))[0];
        return { name, at: origin ? locationOf(tree, origin) : null };
      }),
      options: [...own.map(option(false)), ...inherited.map(option(true))].slice(0, MOST_OPTIONS),
    };
  });
}

/** What Prosody notes by itself when a section opens was written by nobody. */
function written(section: Section | undefined): [string, Option][] {
  return [...(section?.options ?? [])].filter(([, { setting }]) => setting.form !== 'opening');
}

function detailOf(configuration: Configuration, { kind, name, options }: Section): string | null {
  if (kind === 'host') return loginOf(configuration, name).provider;
  const module = options.get('component_module')?.value;
  return module?.kind === 'string' ? module.value : null;
}
