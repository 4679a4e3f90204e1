import { domainRootBase } from './domain-root-base/rule.js';
import { duplicateOption } from './duplicate-option/rule.js';
import { insecureBosh } from './insecure-bosh/rule.js';
import { loadError } from './load-error/rule.js';
import { malformedDn } from './malformed-dn/rule.js';
import { malformedFilter } from './malformed-filter/rule.js';
import { malformedLdapHost } from './malformed-ldap-host/rule.js';
import { misplacedOption } from './misplaced-option/rule.js';
import { missingLdapKey } from './missing-ldap-key/rule.js';
import { missingLdapTable } from './missing-ldap-table/rule.js';
import { overriddenAuthentication } from './overridden-authentication/rule.js';
import type { Rule } from './rule.js';
import { startTlsOverLdaps } from './start-tls-over-ldaps/rule.js';
import { syntaxError } from './syntax-error/rule.js';
import { unknownLdapKey } from './unknown-ldap-key/rule.js';
import { unknownOption } from './unknown-option/rule.js';
import { unlinkedLdapFile } from './unlinked-ldap-file/rule.js';
import { unquotedWord } from './unquoted-word/rule.js';
import { unusedLdapTable } from './unused-ldap-table/rule.js';
import { wrongLdapType } from './wrong-ldap-type/rule.js';

/** Every rule, in the order of the documentation: the language first, then options, then LDAP, then Jitsi. */
export const RULES: readonly Rule[] = [
  syntaxError,
  loadError,
  unquotedWord,
  unknownOption,
  misplacedOption,
  duplicateOption,
  missingLdapTable,
  unusedLdapTable,
  unlinkedLdapFile,
  overriddenAuthentication,
  missingLdapKey,
  unknownLdapKey,
  wrongLdapType,
  malformedLdapHost,
  malformedDn,
  malformedFilter,
  startTlsOverLdaps,
  domainRootBase,
  insecureBosh,
];
