import { changesOf, domainToDn, type LdapChoices, setupLdap } from '@prosodist/core';
import type { Tree } from '../../tree.js';
import { hostAt } from './addLdap2.js';
import { ACTION_KINDS } from './kinds.js';
import { type Made, planned, type Refactoring } from './refactoring.js';

/** "Add core ldap authentication to HOST": the whole setup with mod_auth_ldap, as far as it lies in the tree. */
export const addCoreLdap: Refactoring = {
  id: 'add-core-ldap',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const found = hostAt(spot);
    // from ldap2 there is a move that keeps the settings
    if (!found || found.provider === 'ldap' || found.provider === 'ldap2') return [];
    return [{ title: `Add core ldap authentication to ${found.host}`, argument: found.host }];
  },
  make: coreLdap,
};

const made = new WeakMap<Tree, Map<string, Made>>();

function coreLdap(tree: Tree, host: string): Made {
  const known = made.get(tree) ?? new Map<string, Made>();
  made.set(tree, known);
  let changes = known.get(host);
  if (!changes) {
    const setUp = (choices: LdapChoices) =>
      setupLdap(tree.files, tree.entry, { way: 'ldap', host, guests: false, ...choices }, { ...tree.options, system: null });
    // what the tree has goes first; where it has nothing, the form is shown with names that are to be changed
    const first = setUp({});
    const result = first.ok ? first : setUp(guesses(host));
    const refused = result.steps.find(({ status }) => status === 'refused');
    changes = refused || !result.ok ? { problem: refused?.what ?? 'the tree does not allow it' } : changesOf(result);
    known.set(host, changes);
  }
  return changes;
}

/** Names of the usual form, made of the host's domain. */
function guesses(host: string): LdapChoices {
  const domain = host.split('.').slice(-2).join('.');
  const root = domainToDn(domain);
  return {
    servers: [`ldaps://dc1.${domain}`],
    bindName: `CN=prosody,OU=Service Accounts,${root}`,
    password: { kind: 'text', value: 'change-me' },
    base: `OU=Users,${root}`,
    attribute: 'sAMAccountName',
  };
}

/** "Migrate HOST to core ldap": the settings of ldap2 become those of mod_auth_ldap, with the same users. */
export const migrateLdap: Refactoring = {
  id: 'migrate-ldap',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const found = hostAt(spot);
    return found?.provider === 'ldap2' ? [{ title: `Migrate ${found.host} to core ldap`, argument: found.host }] : [];
  },
  make: (tree, host) => planned(tree, [{ op: 'migrate.ldap', host }]),
};
