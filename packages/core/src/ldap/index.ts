export { checkAttribute, isAttributeDescription } from './attribute.js';
export { type BindName, type BindNameKind, classifyBindName } from './bind-name.js';
export { coreLdapFilter, coreLdapSearch, ldap2Search } from './core-ldap.js';
export { type DnPair, type DnResult, parseDn, type Rdn } from './dn.js';
export { dnToDomain, domainToDn, escapeDnValue, formatDn, isDomainRoot } from './dn-domain.js';
export type { DnNote, DnNoteCode } from './dn-notes.js';
export type { DnValueForm } from './dn-value.js';
export { parseFilter } from './filter.js';
export type {
  FilterComparison,
  FilterExtensible,
  FilterItem,
  FilterNode,
  FilterNot,
  FilterPresent,
  FilterResult,
  FilterSet,
  FilterSubstrings,
} from './filter-types.js';
export { escapeFilterValue, type FilterValue } from './filter-value.js';
export { type LdapHost, type LdapHostProblem, type LdapHostsResult, type LdapScheme, parseLdapHosts } from './hostname.js';
export { type BadLine, type KeyLine, type KeyLines, lineOf, parseKeyLines } from './key-lines.js';
export {
  type LdapConf,
  type LdapConfText,
  type LdapConfValue,
  type LibldapOptions,
  ldapConfOfEnvironment,
  parseLdapConf,
  type RequireCertificate,
} from './ldap-conf.js';
export { checkLdap2Filter, combineAnd, type Ldap2FilterResult } from './ldap2-filter.js';
export { LDAP2_SCHEMA, listTableKeys } from './ldap2-schema.js';
export type { LdapProblem, LdapSpan } from './problem.js';
export { SASLAUTHD_ALIASES, SASLAUTHD_KEYS, type SaslauthdKind, saslSwitch } from './saslauthd.js';
export { LDAP_SETTINGS } from './settings-ldap.js';
export type {
  LuaTypeName,
  MisplacedKey,
  MissingEffect,
  OptionSetting,
  SettingBase,
  SettingKind,
  SettingReader,
  TableKey,
  TableSchema,
} from './settings-schema.js';
