import { escapeFilterValue, type FilterNode, searchFilter } from '@prosodist/core';
import { filterOf } from '../discover/root-dse.js';
import type { RootDse } from '../discover/types.js';
import { type Connection, type Entry, textsOf } from '../internal.js';
import { comparedWith, conditions } from './filters.js';
import { contextOf } from './root-dse.js';
import type { Found, Run } from './run.js';
import { written } from './words.js';

/** Attributes that may hold the name by which somebody logs in. */
const OTHERS = ['sAMAccountName', 'uid', 'cn', 'mail', 'userPrincipalName', 'displayName', 'mailNickname'];

interface Question {
  readonly connection: Connection;
  readonly root: RootDse | null;
  readonly name: string;
  readonly filter: FilterNode;
}

type Why = Pick<Found, 'code' | 'found' | 'help' | 'settings'>;

/**
 * Why a search found nobody, by asking again: without the rest of the filter, by other attributes, in the whole domain. Each is
 * one search with a size limit.
 */
export async function whyNobody(run: Run, question: Question): Promise<Why> {
  const { settings } = run;
  const { connection, name, root } = question;
  const base = settings.base?.value ?? '';
  const context = contextOf(base, root?.contexts ?? []);
  const attributes = comparedWith(question.filter, name);
  const places = [base, ...(context !== null && context.toLowerCase() !== base.toLowerCase() ? [context] : [])];
  for (const place of places) {
    const scope = place === base ? settings.scope.value : 'subtree';
    const hit = await first(connection, place, scope, attributes, name);
    if (hit && place === base) return filtered(run, question, hit);
    if (hit) return outside(run, hit, base);
    const other = await first(connection, place, scope, OTHERS, name);
    if (other) return otherAttribute(run, other, attributes, name, place === base);
  }
  return {
    code: 'search.not-found',
    found: `Nobody has the name ${name}, neither in ${attributes.join(' or ') || 'the filter'} nor in ${OTHERS.join(', ')}, in ${places.at(-1) || 'the whole server'}; or the service account may not see the entry.`,
    help: 'Check the name, and whether the service account may read the users.',
    settings: written(settings.base, settings.filter),
  };
}

async function first(
  connection: Connection,
  base: string,
  scope: 'base' | 'onelevel' | 'subtree',
  attributes: readonly string[],
  name: string,
): Promise<Entry | null> {
  if (attributes.length === 0) return null;
  const value = escapeFilterValue(name);
  const parts = attributes.map(attribute =>
    /^(?:mail|userPrincipalName)$/i.test(attribute)
      ? `(${attribute}=${value})(${attribute}=${value}@*)`
      : `(${attribute}=${value})`,
  );
  const answer = await connection.search({
    base,
    scope,
    filter: filterOf(`(|${parts.join('')})`),
    attributes: OTHERS,
    sizeLimit: 2,
  });
  return answer.entries[0] ?? null;
}

/** The entry is there, below the base, and the rest of the filter keeps it out: which part of it. */
async function filtered(run: Run, { connection, filter, name }: Question, entry: Entry): Promise<Why> {
  const text = (node: FilterNode) => textOf(run, node, name);
  const wrong: string[] = [];
  for (const part of conditions(filter).slice(0, 20)) {
    const { entries, result } = await connection.search({ base: entry.dn, scope: 'base', filter: part, sizeLimit: 1 });
    if (result.code === 0 && entries.length === 0) wrong.push(text(part));
  }
  return {
    code: 'search.filtered',
    found: `${entry.dn} has the name, but the filter keeps it out${wrong.length > 0 ? `: ${wrong.join(' and ')} does not hold for it` : ''}.`,
    help: wrong.some(part => /memberof/i.test(part))
      ? 'Put the user into the group. memberOf knows direct members only; for nested groups of Active Directory write memberOf:1.2.840.113556.1.4.1941:=<DN of the group>. The DN must be exact, and the primary group (Domain Users) is never in it.'
      : 'Change the filter, or the entry.',
    settings: written(run.settings.filter),
  };
}

function outside(run: Run, entry: Entry, base: string): Why {
  return {
    code: 'search.outside-base',
    found: `${entry.dn} has the name and does not lie ${run.settings.scope.value === 'subtree' ? `below ${base}` : `where ${base} is searched (${run.settings.scope.value})`}.`,
    help: 'Take a base that has all users in it: a common parent of theirs.',
    settings: written(run.settings.base, run.settings.scope),
  };
}

function otherAttribute(run: Run, entry: Entry, attributes: readonly string[], name: string, below: boolean): Why {
  const lower = name.toLowerCase();
  const has = OTHERS.find(attribute =>
    textsOf(entry, attribute).some(value => value.toLowerCase() === lower || value.toLowerCase().startsWith(`${lower}@`)),
  );
  const whole = has === undefined || /^(?:mail|userPrincipalName)$/i.test(has);
  return {
    code: 'search.other-attribute',
    found: `No entry has ${name} in ${attributes.join(' or ') || 'an attribute that the filter compares'}, but ${entry.dn} has it in ${has ?? 'another attribute'}${below ? '' : ', outside of the base'}.`,
    help: whole
      ? 'Log in with the name that stands in an attribute without "@": sAMAccountName on Active Directory, uid elsewhere.'
      : `Compare ${has}: ${run.settings.way === 'ldap2' ? `usernamefield = "${has}"` : `(${has}=${run.settings.way === 'ldap' ? '$user' : '%U'})`}.`,
    settings: written(run.settings.userAttribute, run.settings.filter),
  };
}

/** A part of the filter as it is written. */
function textOf(run: Run, node: FilterNode, name: string): string {
  return searchFilter(run.settings, name).slice(node.start, node.end);
}
