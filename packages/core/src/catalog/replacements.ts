// What takes the place of an option that Prosody calls obsolete or deprecated, as data that a fix can use. Which options
// those are is in the generated check lists; the texts there are for people.

export type Replacement =
  /** it does nothing: remove it */
  | { readonly kind: 'remove' }
  /** the same value under another name; `where` narrows the values that a plain rename is right for */
  | { readonly kind: 'rename'; readonly to: string }
  /** a value of `when` means this assignment; any other value means that the option can go */
  | { readonly kind: 'assign'; readonly when: boolean; readonly option: string; readonly value: string }
  /** a value of `when` means that this module belongs in the list; any other that the option can go */
  | {
      readonly kind: 'module';
      readonly when: boolean;
      readonly module: string;
      readonly list: 'modules_enabled' | 'modules_disabled';
    }
  /** the same value under several names */
  | { readonly kind: 'split'; readonly to: readonly string[] }
  /** nothing that a program could decide */
  | { readonly kind: 'manual' };

const remove: Replacement = { kind: 'remove' };
const manual: Replacement = { kind: 'manual' };
const rename = (to: string): Replacement => ({ kind: 'rename', to });

const known: Readonly<Record<string, Replacement>> = {
  anonymous_login: { kind: 'assign', when: true, option: 'authentication', value: 'anonymous' },
  blacklist_on_registration_throttle_overload: rename('blocklist_on_registration_throttle_overload'),
  bosh_interface: rename('http_interfaces'),
  bosh_interfaces: rename('http_interfaces'),
  bosh_port: rename('http_ports'),
  bosh_ports: rename('http_ports'),
  // Prosody says http_ssl, which nothing reads: HTTP with TLS is the service https
  bosh_ssl: rename('https_ssl'),
  cross_domain_bosh: manual,
  cross_domain_websocket: manual,
  daemonize: manual,
  // 0.12.3 says modules_enabled by mistake; 0.12.4 and later say modules_disabled
  disallow_s2s: { kind: 'module', when: true, module: 's2s', list: 'modules_disabled' },
  legacy_ssl_interface: rename('c2s_direct_tls_interfaces'),
  legacy_ssl_interfaces: rename('c2s_direct_tls_interfaces'),
  legacy_ssl_port: rename('c2s_direct_tls_ports'),
  legacy_ssl_ports: rename('c2s_direct_tls_ports'),
  legacy_ssl_ssl: rename('c2s_direct_tls_ssl'),
  no_daemonize: manual,
  registration_blacklist: rename('registration_blocklist'),
  registration_whitelist: rename('registration_allowlist'),
  require_encryption: { kind: 'split', to: ['c2s_require_encryption', 's2s_require_encryption'] },
  use_libevent: { kind: 'assign', when: true, option: 'network_backend', value: 'event' },
  vcard_compatibility: { kind: 'module', when: true, module: 'compat_vcard', list: 'modules_enabled' },
  whitelist_registration_only: rename('allowlist_registration_only'),
};

/**
 * What to do about an outdated option. In: its name, and whether Prosody calls it obsolete (then it can simply go).
 * Out: the replacement; `manual` for a deprecated option that this list does not have.
 */
export function replacementFor(name: string, obsolete: boolean): Replacement {
  return Object.hasOwn(known, name) && !obsolete ? (known[name] ?? manual) : obsolete ? remove : manual;
}
