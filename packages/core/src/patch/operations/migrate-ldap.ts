import { type Configuration, effective, GLOBAL, hosts, type Section, type Setting, type Value } from '../../evaluate/index.js';
import { coreLdapSearch, ldap2Search } from '../../ldap/index.js';
import { editsOnly, type FileEdit } from '../change.js';
import { compose } from '../compose.js';
import { CORE_LDAP_OPTIONS, coreLdapOptions, type LoginSearch, linesInPlace, loginSearch } from '../core-ldap-options.js';
import { documentOf, type Found, findOption, findSection, isStep, prepared, sharedStatement, untouchable } from '../find.js';
import { statementOf } from '../nodes.js';
import type { PatchContext, PatchScope, Step } from '../operation.js';
import { insertBelow } from '../placement.js';
import { already, changed, refused } from '../steps.js';
import { eolAt, indentOf } from '../style.js';
import { set } from './set.js';

/** Names without anything that a filter reads otherwise: for these both modules have to look for the same. */
export const PLAIN_NAMES: readonly string[] = ['alice', 'bob.smith', 'j-doe_2', 'jörg', 'a', '1234', "o'neil", '%s', '$user'];

/**
 * Lets virtual hosts with mod_auth_ldap2 log in with mod_auth_ldap, a part of Prosody since 0.12: the `ldap` table becomes
 * options where it stands, and the provider another where it is chosen. The table stays where mod_storage_ldap or another
 * host uses it. Done twice, it changes nothing.
 */
export function migrateLdap(context: PatchContext, operation: { host?: string }): Step {
  const { configuration } = context;
  const users = hosts(configuration).filter(({ name }) => provider(configuration, name) === 'ldap2');
  const chosen = choose(context, users, operation.host);
  if (!Array.isArray(chosen)) return chosen;
  const tables = new Map<Setting, Section[]>();
  for (const host of chosen) {
    const ldap = effective(configuration, host.name, 'ldap');
    if (!ldap) return noTable(configuration, host);
    tables.set(ldap.setting, [...(tables.get(ldap.setting) ?? []), host]);
  }
  const clash = taken(configuration, chosen, [...tables.keys()]);
  if (clash) return clash;
  const edits: FileEdit[] = [];
  const searches = new Map<string, LoginSearch>();
  const othersAreGlobal =
    [...tables.keys()].some(({ scope }) => scope === GLOBAL) ||
    configuration.settings.some(({ name, scope }) => scope === GLOBAL && CORE_LDAP_OPTIONS.includes(name));
  for (const [setting, own] of tables) {
    const scope: PatchScope = setting.scope === GLOBAL ? 'global' : { host: setting.scope };
    const found = findOption(context, scope, 'ldap');
    if (isStep(found)) return found;
    const search = setting.value.kind === 'table' ? loginSearch(setting.value, setting) : notATable(setting);
    if (isStep(search)) return search;
    const beside = setting.scope !== GLOBAL && othersAreGlobal;
    const stays = readers(configuration, setting, own).length > 0;
    const edit = tableEdit(context, found, search, { beside, stays });
    if (isStep(edit)) return edit;
    edits.push(edit);
    for (const { name } of own) searches.set(name, search);
  }
  const names = chosen.map(({ name }) => name);
  const done = compose(context, [
    () => changed('the `ldap` table became options', editsOnly(edits)),
    ...providerScopes(configuration, users, names).map(
      scope => (current: PatchContext) => set(current, { scope, name: 'authentication', value: 'ldap' }),
    ),
    current => proof(configuration, current.configuration, searches),
  ]);
  if (done.status !== 'changed') return done;
  const kept = [...tables].flatMap(([setting, own]) => readers(configuration, setting, own));
  const why = `${names.join(', ')} ${names.length === 1 ? 'uses' : 'use'} "ldap" of Prosody in place of ldap2`;
  const stays = kept.length > 0 ? `; the \`ldap\` table stays for ${[...new Set(kept)].join(', ')}` : '';
  return { ...done, why: why + stays, at: [...tables.keys()].map(setting => setting.origin) };
}

function choose(context: PatchContext, users: readonly Section[], asked: string | undefined): Section[] | Step {
  if (asked === undefined) {
    const unread = findSection(context, 'global');
    if (isStep(unread)) return unread;
    if (users.length > 0) return [...users];
    const computed = hosts(context.configuration)
      .map(({ name }) => effective(context.configuration, name, 'authentication'))
      .find(option => option?.value.kind === 'unknown');
    if (!computed) return already('no virtual host uses ldap2');
    return refused('computed-value', 'which provider a host has is decided by code', [computed.setting.origin]);
  }
  const section = findSection(context, { host: asked });
  if (isStep(section)) return section;
  const found = users.find(({ name }) => name === prepared(asked));
  if (found) return [found];
  const own = provider(context.configuration, section.name);
  if (own === 'ldap') return already(`${section.name} uses "ldap" already`);
  const at = section.openings.map(({ origin }) => origin);
  return refused('wrong-kind', `${section.name} does not use ldap2, so there is nothing to move`, at);
}

/** The provider of a host; undefined where it is computed, or the usual one. */
function provider(configuration: Configuration, host: string): string | undefined {
  const value = effective(configuration, host, 'authentication')?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

function noTable(configuration: Configuration, host: Section): Step {
  const at = effective(configuration, host.name, 'authentication')!.setting.origin;
  return refused('not-found', `${host.name} uses ldap2, but no \`ldap\` table is in its reach; nobody can log in to it`, [at]);
}

function notATable({ origin }: Setting): Step {
  return refused('computed-value', 'what `ldap` is set to is not known to be a table', [origin]);
}

/** A refusal where options of mod_auth_ldap are there already: they would hold in place of the moved ones, or the other way. */
function taken(configuration: Configuration, chosen: readonly Section[], tables: readonly Setting[]): Step | undefined {
  const scopes = new Set(chosen.map(({ name }) => name));
  const isGlobal = tables.some(({ scope }) => scope === GLOBAL);
  // a host that says all itself does not read those of the global section
  const reads = ({ name, scope }: Setting) =>
    scopes.has(scope) || (scope === GLOBAL && (isGlobal || !CORE_LDAP_OPTIONS.includes(name)));
  const set = configuration.settings.filter(setting => /^ldap_/.test(setting.name) && reads(setting));
  if (set.length > 0) {
    const why = `\`${set[0]!.name}\` is set already, which mod_auth_ldap would read; take it away first`;
    return refused(
      'exists',
      why,
      set.map(({ origin }) => origin),
    );
  }
  if (!isGlobal) return undefined;
  const other = hosts(configuration).find(({ name }) => provider(configuration, name) === 'ldap');
  if (!other) return undefined;
  const why = `${other.name} uses "ldap" with settings of its own, and the moved ones would hold in the whole global section`;
  return refused('exists', why, [effective(configuration, other.name, 'authentication')!.setting.origin]);
}

/** Who needs the table further on: hosts that stay with ldap2, and what stores with mod_storage_ldap. */
function readers(configuration: Configuration, setting: Setting, own: readonly Section[]): string[] {
  const reached = [...configuration.sections.values()].filter(
    ({ name, openings }) => openings.length > 0 && effective(configuration, name, 'ldap')?.setting === setting,
  );
  const storing = reached.filter(({ name }) =>
    ['storage', 'default_storage'].some(option => mentions(effective(configuration, name, option)?.value)),
  );
  const staying = reached.filter(
    ({ name }) => provider(configuration, name) === 'ldap2' && !own.some(host => host.name === name),
  );
  return [...staying.map(({ name }) => name), ...(storing.length > 0 ? ['mod_storage_ldap'] : [])];
}

function mentions(value: Value | undefined): boolean {
  if (value?.kind === 'table') return [...value.table.entries.values()].some(entry => mentions(entry.value));
  return value?.kind === 'string' && value.value === 'ldap';
}

function tableEdit(
  context: PatchContext,
  { option, settings }: Found,
  search: LoginSearch,
  { beside, stays }: { readonly beside: boolean; readonly stays: boolean },
): FileEdit | Step {
  const { configuration } = context;
  const { setting } = option!;
  if (settings.length > 1)
    return refused(
      'ambiguous',
      'the `ldap` table is set more than once; leave the last one only',
      settings.map(({ origin }) => origin),
    );
  if (setting.form !== 'assignment')
    return refused('wrong-kind', 'the `ldap` table stands in the table of its section; move it to a line of its own first', [
      setting.origin,
    ]);
  const refusal = untouchable(configuration, setting.origin, 'the `ldap` table') ?? sharedStatement(configuration, setting);
  if (refusal) return refusal;
  const document = documentOf(configuration, setting.origin);
  const options = coreLdapOptions(configuration, setting, search, beside);
  if (isStep(options)) return options;
  const { file, start, end } = setting.origin;
  const between = eolAt(document.text, start) + indentOf(document, setting.origin);
  if (!stays)
    return { file, start, end: end + separatorAt(document.text, end), text: linesInPlace(document, end, options).join(between) };
  // its comments stay with it
  const lines = options.flatMap(({ code }) => code ?? []);
  return { file, ...insertBelow(document, statementOf(document, setting.origin)!, lines.join(between)) };
}

/** The length of a separator that nothing but a comment stands behind: it would stand behind a comment now. */
function separatorAt(text: string, end: number): number {
  return /^[ \t]*;(?=[ \t]*(?:--[^\n]*)?(?:\r?\n|$))/.exec(text.slice(end))?.[0].length ?? 0;
}

/** Where the provider is to be set: in the global section if all that it chooses ldap2 for go, else in each host. */
function providerScopes(configuration: Configuration, users: readonly Section[], names: readonly string[]): PatchScope[] {
  const isGlobal = (host: string) => effective(configuration, host, 'authentication')!.setting.scope === GLOBAL;
  const together = users.every(({ name }) => !isGlobal(name) || names.includes(name));
  const inherited = names.filter(isGlobal);
  const own = names.filter(host => !isGlobal(host) || !together);
  return [...(together && inherited.length > 0 ? ['global' as const] : []), ...own.map(host => ({ host }))];
}

/** Held against the options as Prosody would read them: the same server, account and base, and the same search for every name. */
function proof(before: Configuration, after: Configuration, searches: ReadonlyMap<string, LoginSearch>): Step {
  for (const [host, { attribute, filter }] of searches) {
    const option = effective(after, host, 'ldap_filter');
    const at = option ? [option.setting.origin] : [];
    const realm = effective(before, host, 'realm')?.value;
    const written = option?.value.kind === 'string' ? option.value.value : '';
    const differs = PLAIN_NAMES.find(
      name =>
        coreLdapSearch(written, name, realm?.kind === 'string' ? realm.value : host) !== ldap2Search(attribute, filter, name),
    );
    if (differs !== undefined)
      return refused(
        'wrong-kind',
        `mod_auth_ldap would read \`ldap_filter = "${written}"\` otherwise: it puts names in the place of \`$user\`, \`$host\` and \`%s\`; take these out of \`ldap.user.filter\` first`,
        at,
      );
    const stranger = ['ldap_scope', 'ldap_mode'].find(name => effective(after, host, name));
    const lost = CORE_LDAP_OPTIONS.slice(0, 1).find(name => !effective(after, host, name)) ?? stranger;
    if (lost) return refused('dynamic', `\`${lost}\` of ${host} would not be what the table says`, at);
  }
  return already('both modules look for the same entries');
}
