import {
  classifyBindName,
  dnToDomain,
  type FilterNode,
  type FilterValue,
  parseDn,
  parseFilter,
  parseLdapHosts,
  type Rdn,
} from '@prosodist/core';
import { ATTRIBUTES } from '../completion/attributes.js';
import type { Style } from './style.js';

/** What is under a cursor in a string, and the stretch of the string that it is about. */
export interface Words {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Nodes of a filter that are told in words before the rest is counted. */
const MOST = 12;

/** The part of a filter at an offset: what it finds, and what the whole finds. */
export function filterWords(text: string, at: number, style: Style): Words | undefined {
  const parsed = parseFilter(text);
  if (!parsed.ok) return { lines: [`Not a filter: ${parsed.problem.message}`], start: 0, end: text.length };
  const node = innermost(parsed.filter, at);
  const attribute = 'attribute' in node ? node.attribute?.text : undefined;
  const about = ATTRIBUTES.find(({ name }) => name.toLowerCase() === attribute?.toLowerCase());
  const lines = [
    `Finds entries where ${say(node, style)}`,
    ...(about && attribute ? [`${style.code(attribute)}: ${about.documentation}`] : []),
  ];
  return { lines, start: node.start, end: node.end };
}

function innermost(node: FilterNode, at: number): FilterNode {
  const inner = node.type === 'and' || node.type === 'or' ? node.filters : node.type === 'not' ? [node.filter] : [];
  const found = inner.find(({ start, end }) => start <= at && at < end);
  return found ? innermost(found, at) : node;
}

function say(node: FilterNode, style: Style): string {
  switch (node.type) {
    case 'and':
    case 'or': {
      if (node.filters.length === 0) return node.type === 'and' ? 'anything is so' : 'nothing is so';
      const shown = node.filters.slice(0, MOST).map(part => nested(part, style));
      const rest = node.filters.length > MOST ? [`${node.filters.length - MOST} more`] : [];
      return [...shown, ...rest].join(node.type === 'and' ? ' and ' : ' or ');
    }
    case 'not':
      return `it is not so that ${nested(node.filter, style)}`;
    case 'present':
      return `${style.code(node.attribute.text)} is set`;
    case 'equality':
      return `${style.code(node.attribute.text)} is ${value(node.value, style)}`;
    case 'approx':
      return `${style.code(node.attribute.text)} is about ${value(node.value, style)}`;
    case 'greaterOrEqual':
      return `${style.code(node.attribute.text)} is ${value(node.value, style)} or more`;
    case 'lessOrEqual':
      return `${style.code(node.attribute.text)} is ${value(node.value, style)} or less`;
    case 'substrings': {
      const parts = [
        ...(node.initial ? [`begins with ${value(node.initial, style)}`] : []),
        ...node.any.map(part => `has ${value(part, style)} in it`),
        ...(node.final ? [`ends with ${value(node.final, style)}`] : []),
      ];
      return `${style.code(node.attribute.text)} ${parts.join(' and ') || 'is set'}`;
    }
    case 'extensible':
      return ruled(node.rule?.text, node.attribute?.text, node.value, style);
  }
}

function nested(node: FilterNode, style: Style): string {
  const text = say(node, style);
  return (node.type === 'and' || node.type === 'or') && node.filters.length > 1 ? `(${text})` : text;
}

/** Bits of `userAccountControl` (MS-ADTS 2.2.16) that people search by. */
const BITS: Readonly<Record<string, string>> = {
  2: 'disabled',
  16: 'locked out',
  32: 'no password needed',
  512: 'a usual account',
  65536: 'a password that never ends',
  8388608: 'an expired password',
};

/** The rules of Active Directory (MS-ADTS 3.1.1.3.4.4). */
function ruled(rule: string | undefined, attribute: string | undefined, given: FilterValue, style: Style): string {
  const name = style.code(attribute ?? 'any attribute');
  const shown = value(given, style);
  const meaning = attribute?.toLowerCase() === 'useraccountcontrol' ? BITS[given.value] : undefined;
  const bit = meaning ? `${shown} (${meaning})` : shown;
  if (rule === '1.2.840.113556.1.4.803') return `${name} has all bits of ${bit}`;
  if (rule === '1.2.840.113556.1.4.804') return `${name} has any bit of ${bit}`;
  if (rule === '1.2.840.113556.1.4.1941') return `${name} leads to ${shown}, also through other groups`;
  return `${name} matches ${shown} by the rule ${style.code(rule ?? 'of the attribute')}`;
}

const TOKENS: Readonly<Record<string, string>> = {
  $user: 'the login name',
  $host: 'the host of the login',
  '%s': 'the login name',
};

function value({ text, value: read }: FilterValue, style: Style): string {
  return TOKENS[text] ?? style.code(read);
}

/** What the attributes of DNs stand for (RFC 4519). */
const RDNS: Readonly<Record<string, string>> = {
  cn: 'common name',
  ou: 'organizational unit',
  dc: 'part of a domain',
  o: 'organization',
  c: 'country',
  l: 'place',
  st: 'state',
  uid: 'login name',
  street: 'street',
};

/** The part of a DN at an offset, and what it lies below. */
export function dnWords(text: string, at: number, style: Style): Words | undefined {
  const parsed = parseDn(text);
  if (!parsed.ok) return { lines: [`Not a DN: ${parsed.problem.message}`], start: 0, end: text.length };
  const index = Math.max(
    0,
    parsed.rdns.findLastIndex(({ start }) => start <= at),
  );
  const rdn = parsed.rdns[index];
  if (!rdn) return undefined;
  const below = parsed.rdns.slice(index + 1);
  const domain = dnToDomain(parsed.rdns);
  const lines = [
    `${rdnWords(rdn, style)}${below[0] ? `, below ${style.code(text.slice(below[0].start))}` : ''}`,
    ...(domain === undefined ? [] : [`In the domain ${style.code(domain)}`]),
  ];
  return { lines, start: rdn.start, end: rdn.end };
}

function rdnWords({ pairs }: Rdn, style: Style): string {
  return pairs
    .map(({ attribute, value: written }) => {
      const kind = RDNS[attribute.toLowerCase()];
      return `${kind === undefined ? style.code(attribute) : kind} ${style.code(written)}`;
    })
    .join(' and ');
}

/** A name to bind with: a DN, or what Active Directory takes besides. */
export function bindWords(text: string, at: number, style: Style): Words | undefined {
  const name = classifyBindName(text);
  if (name.kind === 'dn' || name.kind === 'malformed-dn') return dnWords(text, at, style);
  const whole = { start: 0, end: text.length };
  if (name.kind === 'empty') return { lines: ['An anonymous bind'], ...whole };
  if (name.kind === 'upn')
    return {
      lines: [`The user ${style.code(name.user)} of the domain ${style.code(name.domain)}; only Active Directory takes this`],
      ...whole,
    };
  if (name.kind === 'netbios')
    return {
      lines: [
        `The user ${style.code(name.user)} of the domain with the short name ${style.code(name.domain)}; only Active Directory takes this`,
      ],
      ...whole,
    };
  if (name.kind === 'canonical') return { lines: ['A canonical name; only Active Directory takes this'], ...whole };
  return 'problem' in name ? { lines: [name.problem.message], ...whole } : undefined;
}

/** The servers of a list: how each is reached. */
export function serverWords(text: string, style: Style): Words | undefined {
  const parsed = parseLdapHosts(text);
  const whole = { start: 0, end: text.length };
  if (!parsed.ok) return { lines: [`Not a server: ${parsed.problem.message}`], ...whole };
  const lines = parsed.hosts.map(({ scheme, host, port }) => {
    const secure = scheme === 'ldaps';
    return `${style.code(host)}, port ${port ?? (secure ? 636 : 389)}, ${secure ? 'TLS from the beginning' : 'plain unless StartTLS is on'}`;
  });
  return lines.length > 0 ? { lines: lines.length > 1 ? ['Tried in this order:', ...lines] : lines, ...whole } : undefined;
}
