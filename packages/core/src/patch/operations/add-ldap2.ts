import {
  type Configuration,
  effective,
  GLOBAL,
  hosts,
  listEntries,
  load,
  normalize,
  type Section,
} from '../../evaluate/index.js';
import { isServiceHost } from '../../jitsi/index.js';
import { editsOnly, NO_CHANGES } from '../change.js';
import { compose } from '../compose.js';
import { brokenFile } from '../find.js';
import { ldap2Skeleton } from '../ldap2-skeleton.js';
import type { PatchContext, Step } from '../operation.js';
import { insertGlobal } from '../placement.js';
import { already, changed, refused } from '../steps.js';
import { eolAt } from '../style.js';
import { enableFile, linkFolder } from './enable-file.js';
import { set } from './set.js';

/**
 * Adds ldap2 authentication to a virtual host: `authentication = "ldap2"` there, an `ldap` table where the tree's habits
 * put it (a waiting one is linked instead), and `consider_bosh_secure = true` in the global section. Done twice, it
 * changes nothing.
 */
export function addLdap2(context: PatchContext, operation: { host?: string }): Step {
  const { configuration } = context;
  const chosen = chooseHost(configuration, operation.host);
  if (typeof chosen !== 'string') return chosen;
  const done = compose(context, [
    current => provideTable(current, chosen),
    current => chooseProvider(current, chosen),
    current => protectAccounts(current, configuration),
    current => trustProxy(current, chosen),
  ]);
  if (done.status === 'already') return already(`${chosen} has ldap2 authentication already`);
  return done.status === 'refused'
    ? done
    : changed(`ldap2 authentication added to ${chosen}: ${done.why}`, done.changes, done.at);
}

/** The host that people log in to, or a refusal that says why none is chosen. */
export function chooseHost(configuration: Configuration, asked: string | undefined): string | Step {
  if (asked !== undefined) {
    const section = configuration.sections.get(asked.toLowerCase());
    if (section?.kind !== 'host') return refused('not-found', `there is no virtual host ${asked} in this configuration`);
    if (/^auth\./.test(section.name)) {
      return refused(
        'protected',
        `${section.name} holds the accounts of Jitsi's own services (focus, jvb), which are not in the directory`,
        section.openings.map(opening => opening.origin),
      );
    }
    return section.name;
  }
  const candidates = hosts(configuration).filter(section => isLoginHost(section));
  if (candidates.length === 1) return candidates[0]!.name;
  const at = candidates.flatMap(section => section.openings.map(opening => opening.origin));
  if (candidates.length === 0) return refused('not-found', 'there is no virtual host that people could log in to');
  return refused(
    'ambiguous',
    `people may log in to several hosts (${candidates.map(section => section.name).join(', ')}); name one`,
    at,
  );
}

function isLoginHost(section: Section): boolean {
  const enabled = section.options.get('enabled')?.value;
  return !isServiceHost(section.name) && !section.name.startsWith('?') && !(enabled?.kind === 'boolean' && !enabled.value);
}

function chooseProvider(context: PatchContext, host: string): Step {
  return set(context, { scope: { host }, name: 'authentication', value: 'ldap2' });
}

/** An `ldap` table in reach of the host: the one that waits in `conf.avail`, or a new one. */
function provideTable(context: PatchContext, host: string): Step {
  const { configuration, files } = context;
  if (effective(configuration, host, 'ldap')) return already('there is an `ldap` table');
  const folder = linkFolder(configuration);
  if (!folder) return tableInEntry(context, host);
  const available = normalize(`${folder}/../conf.avail`);
  const listed = files.readDirectory(available);
  const waiting = listed.ok
    ? listed.names.find(name => name.endsWith('.cfg.lua') && hasTable(context, `${available}/${name}`))
    : undefined;
  if (waiting) return enableFile(context, { name: waiting });
  const name = listed.ok && listed.names.includes('ldap.cfg.lua') ? 'ldap2.cfg.lua' : 'ldap.cfg.lua';
  const text = ldap2Skeleton(host, eolAt(configuration.documents.get(configuration.entry)?.text ?? '', 0));
  const file = `${listed.ok ? available : folder}/${name}`;
  if (files.stat(file) || files.stat(`${folder}/${name}`))
    return refused('exists', `${file} is there already, without an \`ldap\` table`);
  const creates = [{ file, text, secret: true }];
  const links = listed.ok ? [{ path: `${folder}/${name}`, target: `../conf.avail/${name}` }] : [];
  return changed(`${file} written${links.length > 0 ? ` and linked into ${folder}` : ''}`, { ...NO_CHANGES, creates, links });
}

function hasTable({ files, options }: PatchContext, file: string): boolean {
  return load(files, file, options).sections.get(GLOBAL)?.options.has('ldap') ?? false;
}

function tableInEntry({ configuration }: PatchContext, host: string): Step {
  const file = configuration.entry;
  const broken = brokenFile(configuration, file);
  if (broken) return broken;
  const eol = eolAt(configuration.documents.get(file)!.text, 0);
  const edit = insertGlobal(configuration, file, `${eol}${ldap2Skeleton(host, eol).trimEnd()}`, 'ldap');
  return changed(`an \`ldap\` table written into ${file}`, editsOnly([{ file, ...edit }]));
}

/** A table that was linked may bring a global provider with it; the hosts of Jitsi's services keep the one they had. */
function protectAccounts(context: PatchContext, original: Configuration): Step {
  const services = hosts(context.configuration).filter(section => /^auth\./.test(section.name));
  const moved = services.filter(section => provider(context.configuration, section.name) !== provider(original, section.name));
  if (moved.length === 0) return already("the hosts of Jitsi's own services keep their provider");
  return compose(
    context,
    moved.map(
      section => current =>
        set(current, { scope: { host: section.name }, name: 'authentication', value: provider(original, section.name) }),
    ),
  );
}

function provider(configuration: Configuration, host: string): string {
  const value = effective(configuration, host, 'authentication')?.value;
  // core/usermanager.lua: what a host without the option gets
  return value?.kind === 'string' ? value.value : 'internal_hashed';
}

/** PLAIN is offered only over connections that Prosody thinks secure; BOSH and WebSocket behind a proxy need to be told. */
function trustProxy(context: PatchContext, host: string): Step {
  const wanted = [
    'consider_bosh_secure',
    ...(loads(context.configuration, host, 'websocket') ? ['consider_websocket_secure'] : []),
  ];
  return compose(
    context,
    wanted.map(name => current => set(current, { scope: 'global', name, value: true })),
  );
}

function loads(configuration: Configuration, host: string, module: string): boolean {
  return [host, GLOBAL].some(scope => {
    const value = configuration.sections.get(scope)?.options.get('modules_enabled')?.value;
    return (
      value?.kind === 'table' && listEntries(value).some(entry => entry.value.kind === 'string' && entry.value.value === module)
    );
  });
}
