import type { TableKey, TableSchema } from './settings-schema.js';

/**
 * The keys of `ldap.vcard_format`: vcard.lib.lua of mod_storage_ldap (read) and its README, "The vcard_format section".
 * Only mod_storage_ldap looks at them; a login never does.
 */

const BASE = { secret: false, required: false, missingEffect: 'none', readBy: ['storage_ldap'], aliases: [] } as const;

function attribute(name: string, field: string): TableKey {
  return {
    ...BASE,
    name,
    types: ['string'],
    kind: 'attribute',
    documentation: `The LDAP attribute that fills ${field} of the vCard.`,
    whenMissing: `The vCard has no ${field}.`,
  };
}

function attributes(names: readonly string[], field: string): TableKey[] {
  return names.map(name => attribute(name, `${field}/${name.toUpperCase()}`));
}

function section(name: string, field: string, keys: readonly TableKey[]): TableKey {
  return {
    ...BASE,
    name,
    types: ['table'],
    kind: 'plain',
    documentation: `The parts of ${field} of the vCard, each with its LDAP attribute.`,
    whenMissing: `The vCard has no ${field}.`,
    table: { keys, misplaced: [] },
  };
}

function picture(name: string, field: string): TableKey {
  const type: TableKey = {
    ...attribute('type', `${field}/TYPE`),
    kind: 'plain',
    documentation: `The media type of ${field}, written out (not an attribute), for example "image/jpeg". Goes together with binval.`,
  };
  return {
    ...section(name, field, [type, attribute('binval', `${field}/BINVAL`), attribute('extval', `${field}/EXTVAL`)]),
    documentation: `${field} of the vCard: either extval (an address), or type and binval. Anything else logs "You have an invalid ${field} config section".`,
  };
}

/** `telephone = { work = { voice = true, number = "telephoneNumber" } }`: the names of both levels are free. */
function multiple(name: string, field: string): TableKey {
  const part: TableKey = {
    ...attribute('', field),
    types: ['string', 'boolean'],
    documentation: `An LDAP attribute for this part of ${field}, or true for an empty tag such as <VOICE/>.`,
  };
  const one: TableKey = {
    ...section('', field, []),
    documentation: `One ${field} of the vCard; its name becomes an empty tag such as <WORK/>.`,
    table: { keys: [], anyKey: part, misplaced: [] },
  };
  return {
    ...section(name, field, []),
    documentation: `Each entry is one ${field} of the vCard.`,
    table: { keys: [], entries: { keys: [], anyKey: part, misplaced: [] }, anyKey: one, misplaced: [] },
  };
}

/** The table `vcard_format`. */
export const VCARD_FORMAT: TableSchema = {
  keys: [
    attribute('displayname', 'FN'),
    attribute('nickname', 'NICKNAME'),
    attribute('birthday', 'BDAY'),
    attribute('mailer', 'MAILER'),
    attribute('timezone', 'TZ'),
    attribute('title', 'TITLE'),
    attribute('role', 'ROLE'),
    attribute('note', 'NOTE'),
    attribute('rev', 'REV'),
    attribute('sortstring', 'SORT-STRING'),
    attribute('uid', 'UID'),
    attribute('url', 'URL'),
    attribute('description', 'DESC'),
    section('name', 'N', attributes(['family', 'given', 'middle', 'prefix', 'suffix'], 'N')),
    picture('photo', 'PHOTO'),
    picture('logo', 'LOGO'),
    section('geo', 'GEO', attributes(['lat', 'lon'], 'GEO')),
    section('org', 'ORG', attributes(['orgname', 'orgunit'], 'ORG')),
    section('sound', 'SOUND', attributes(['phonetic', 'binval', 'extval'], 'SOUND')),
    section('key', 'KEY', attributes(['type', 'cred'], 'KEY')),
    multiple('address', 'ADR'),
    multiple('telephone', 'TEL'),
    multiple('email', 'EMAIL'),
  ],
  misplaced: [],
};
