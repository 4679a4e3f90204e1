import { effective } from '@prosodist/core';
import { ACTION_KINDS } from './kinds.js';
import { planned, type Refactoring, type Spot } from './refactoring.js';

/** Accounts of Jitsi's own services are in no directory. */
const SERVICES = /^auth\./;

/** The virtual host that people log in to, whose section the cursor is in, and its provider. */
export function hostAt({
  tree,
  file,
  section: { opening, scope },
}: Spot): { readonly host: string; readonly provider: string } | undefined {
  const { configuration } = tree.result;
  if (file.configuration !== configuration || opening?.kind !== 'host' || SERVICES.test(scope)) return undefined;
  const value = effective(configuration, scope, 'authentication')?.value;
  return { host: scope, provider: value?.kind === 'string' ? value.value : '' };
}

/** "Add ldap2 authentication to HOST": its provider, a table to fill in where there is none, and what a proxy before it needs. */
export const addLdap2: Refactoring = {
  id: 'add-ldap2',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const found = hostAt(spot);
    if (!found || found.provider === 'ldap2') return [];
    return [{ title: `Add ldap2 authentication to ${found.host}`, argument: found.host }];
  },
  make: (tree, host) => planned(tree, [{ op: 'add.ldap2', host }]),
};
