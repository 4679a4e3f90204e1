import { anonymousByDefault } from './anonymous-by-default/rule.js';
import { bareLuaName } from './bare-lua-name/rule.js';
import { clearTextLogin } from './clear-text-login/rule.js';
import { componentModuleEnabledGlobally } from './component-module-enabled-globally/rule.js';
import { conflictingModules } from './conflicting-modules/rule.js';
import { conflictingTurnSecret } from './conflicting-turn-secret/rule.js';
import { danglingReference } from './dangling-reference/rule.js';
import { deadLdapKey } from './dead-ldap-key/rule.js';
import { debugLog } from './debug-log/rule.js';
import { deprecatedModule } from './deprecated-module/rule.js';
import { deprecatedOption } from './deprecated-option/rule.js';
import { detachedFile } from './detached-file/rule.js';
import { disabledHost } from './disabled-host/rule.js';
import { dockerEnvironment } from './docker-environment/rule.js';
import { domainRootBase } from './domain-root-base/rule.js';
import { droppedValue } from './dropped-value/rule.js';
import { duplicateHost } from './duplicate-host/rule.js';
import { duplicateOption } from './duplicate-option/rule.js';
import { encryptionWithoutTls } from './encryption-without-tls/rule.js';
import { endlessLdapWait } from './endless-ldap-wait/rule.js';
import { filterWithoutUser } from './filter-without-user/rule.js';
import { focusNotAdmin } from './focus-not-admin/rule.js';
import { guestHostAuthentication } from './guest-host-authentication/rule.js';
import { hostNameSuggestion } from './host-name-suggestion/rule.js';
import { includeInHost } from './include-in-host/rule.js';
import { insecureBosh } from './insecure-bosh/rule.js';
import { invalidDiscoItems } from './invalid-disco-items/rule.js';
import { invalidHostName } from './invalid-host-name/rule.js';
import { jicofoAuthentication } from './jicofo-authentication/rule.js';
import { ldapStorage } from './ldap-storage/rule.js';
import { leftoverPlaceholder } from './leftover-placeholder/rule.js';
import { libraryAsValue } from './library-as-value/rule.js';
import { loadError } from './load-error/rule.js';
import { localOption } from './local-option/rule.js';
import { mailAsUserName } from './mail-as-user-name/rule.js';
import { malformedAdmin } from './malformed-admin/rule.js';
import { malformedDn } from './malformed-dn/rule.js';
import { malformedFilter } from './malformed-filter/rule.js';
import { malformedLdapHost } from './malformed-ldap-host/rule.js';
import { malformedLimits } from './malformed-limits/rule.js';
import { malformedLog } from './malformed-log/rule.js';
import { malformedSaslFile } from './malformed-sasl-file/rule.js';
import { malformedUrl } from './malformed-url/rule.js';
import { mismatchedLdapProvider } from './mismatched-ldap-provider/rule.js';
import { misplacedOption } from './misplaced-option/rule.js';
import { missingCa } from './missing-ca/rule.js';
import { missingCertificateFile } from './missing-certificate-file/rule.js';
import { missingComponentSecret } from './missing-component-secret/rule.js';
import { missingGuestHost } from './missing-guest-host/rule.js';
import { missingJitsiOption } from './missing-jitsi-option/rule.js';
import { missingLdapKey } from './missing-ldap-key/rule.js';
import { missingLdapLibrary } from './missing-ldap-library/rule.js';
import { missingLdapTable } from './missing-ldap-table/rule.js';
import { missingLimitsException } from './missing-limits-exception/rule.js';
import { missingPluginPath } from './missing-plugin-path/rule.js';
import { missingRoomOwners } from './missing-room-owners/rule.js';
import { missingTokenSettings } from './missing-token-settings/rule.js';
import { missingTokenVerification } from './missing-token-verification/rule.js';
import { missingTurnSecret } from './missing-turn-secret/rule.js';
import { modulePrefix } from './module-prefix/rule.js';
import { modulesNotAList } from './modules-not-a-list/rule.js';
import { noAddressFamily } from './no-address-family/rule.js';
import { noEnabledHost } from './no-enabled-host/rule.js';
import { noGlobalModules } from './no-global-modules/rule.js';
import { noGlobalOptions } from './no-global-options/rule.js';
import { obsoleteOption } from './obsolete-option/rule.js';
import { openSaslMechanisms } from './open-sasl-mechanisms/rule.js';
import { orderDependentInclude } from './order-dependent-include/rule.js';
import { overriddenAuthentication } from './overridden-authentication/rule.js';
import { overwrittenFunction } from './overwritten-function/rule.js';
import { placeholderSecret } from './placeholder-secret/rule.js';
import { providerInModules } from './provider-in-modules/rule.js';
import { publicRegistration } from './public-registration/rule.js';
import { readBackOption } from './read-back-option/rule.js';
import { readableSecret } from './readable-secret/rule.js';
import { reopenedComponent } from './reopened-component/rule.js';
import { reopenedHost } from './reopened-host/rule.js';
import type { Rule } from './rule.js';
import { saslauthdNotReady } from './saslauthd-not-ready/rule.js';
import { serviceHostAuthentication } from './service-host-authentication/rule.js';
import { sharedPort } from './shared-port/rule.js';
import { startTlsOverLdaps } from './start-tls-over-ldaps/rule.js';
import { startUpOptionType } from './start-up-option-type/rule.js';
import { swallowedBackslash } from './swallowed-backslash/rule.js';
import { swallowedSettings } from './swallowed-settings/rule.js';
import { syntaxError } from './syntax-error/rule.js';
import { trailingTable } from './trailing-table/rule.js';
import { uidOnActiveDirectory } from './uid-on-active-directory/rule.js';
import { unencryptedLdap } from './unencrypted-ldap/rule.js';
import { unescapedUserNames } from './unescaped-user-names/rule.js';
import { unknownLdapKey } from './unknown-ldap-key/rule.js';
import { unknownModule } from './unknown-module/rule.js';
import { unknownOption } from './unknown-option/rule.js';
import { unknownProvider } from './unknown-provider/rule.js';
import { unknownServiceAccount } from './unknown-service-account/rule.js';
import { unknownSslKey } from './unknown-ssl-key/rule.js';
import { unknownSuppression } from './unknown-suppression/rule.js';
import { unknownTlsProfile } from './unknown-tls-profile/rule.js';
import { unlinkedLdapFile } from './unlinked-ldap-file/rule.js';
import { unmatchedCertificateName } from './unmatched-certificate-name/rule.js';
import { unmatchedGroupFilter } from './unmatched-group-filter/rule.js';
import { unmatchedHttpHost } from './unmatched-http-host/rule.js';
import { unnamedEntry } from './unnamed-entry/rule.js';
import { unnecessaryDefaultStorage } from './unnecessary-default-storage/rule.js';
import { unquotedWord } from './unquoted-word/rule.js';
import { unreadOption } from './unread-option/rule.js';
import { unreferencedComponent } from './unreferenced-component/rule.js';
import { unusedLdapTable } from './unused-ldap-table/rule.js';
import { unusedSuppression } from './unused-suppression/rule.js';
import { unusedTokenSettings } from './unused-token-settings/rule.js';
import { unverifiedTls } from './unverified-tls/rule.js';
import { wildcardHost } from './wildcard-host/rule.js';
import { wrongFilterToken } from './wrong-filter-token/rule.js';
import { wrongLdapType } from './wrong-ldap-type/rule.js';
import { wrongLdapValue } from './wrong-ldap-value/rule.js';
import { wrongOptionType } from './wrong-option-type/rule.js';

/** Every rule, in the order of the documentation: the language first, then options, then LDAP, then Jitsi. */
export const RULES: readonly Rule[] = [
  syntaxError,
  loadError,
  unquotedWord,
  libraryAsValue,
  bareLuaName,
  overwrittenFunction,
  localOption,
  droppedValue,
  readBackOption,
  trailingTable,
  unnamedEntry,
  includeInHost,
  orderDependentInclude,
  wildcardHost,
  reopenedHost,
  reopenedComponent,
  noGlobalOptions,
  noEnabledHost,
  disabledHost,
  invalidHostName,
  hostNameSuggestion,
  unreferencedComponent,
  unknownOption,
  wrongOptionType,
  startUpOptionType,
  misplacedOption,
  obsoleteOption,
  deprecatedOption,
  duplicateOption,
  duplicateHost,
  detachedFile,
  leftoverPlaceholder,
  placeholderSecret,
  swallowedSettings,
  malformedLimits,
  malformedLog,
  unknownSslKey,
  unknownTlsProfile,
  missingCertificateFile,
  encryptionWithoutTls,
  unknownModule,
  modulesNotAList,
  noGlobalModules,
  modulePrefix,
  providerInModules,
  componentModuleEnabledGlobally,
  conflictingModules,
  deprecatedModule,
  unknownProvider,
  unnecessaryDefaultStorage,
  missingPluginPath,
  sharedPort,
  noAddressFamily,
  malformedUrl,
  unmatchedHttpHost,
  unreadOption,
  malformedAdmin,
  missingComponentSecret,
  anonymousByDefault,
  publicRegistration,
  invalidDiscoItems,
  missingTurnSecret,
  conflictingTurnSecret,
  debugLog,
  missingLdapTable,
  mismatchedLdapProvider,
  unusedLdapTable,
  unlinkedLdapFile,
  overriddenAuthentication,
  missingLdapKey,
  unknownLdapKey,
  wrongLdapType,
  wrongLdapValue,
  deadLdapKey,
  malformedLdapHost,
  malformedDn,
  swallowedBackslash,
  malformedFilter,
  filterWithoutUser,
  wrongFilterToken,
  mailAsUserName,
  uidOnActiveDirectory,
  unmatchedGroupFilter,
  startTlsOverLdaps,
  domainRootBase,
  unencryptedLdap,
  unverifiedTls,
  unmatchedCertificateName,
  missingCa,
  endlessLdapWait,
  ldapStorage,
  unescapedUserNames,
  openSaslMechanisms,
  malformedSaslFile,
  saslauthdNotReady,
  missingLdapLibrary,
  clearTextLogin,
  readableSecret,
  insecureBosh,
  missingTokenVerification,
  missingRoomOwners,
  danglingReference,
  unknownServiceAccount,
  focusNotAdmin,
  serviceHostAuthentication,
  guestHostAuthentication,
  missingGuestHost,
  jicofoAuthentication,
  unusedTokenSettings,
  missingTokenSettings,
  missingJitsiOption,
  missingLimitsException,
  dockerEnvironment,
  unknownSuppression,
  unusedSuppression,
];
