import type { Severity } from '../rules/finding.js';
import { RULES } from '../rules/index.js';

/** A choice of rules with a name. */
export interface Preset {
  readonly summary: string;
  /** The rules that run. */
  readonly rules: readonly string[];
  /** What is less grave counts as this. */
  readonly least?: Severity;
}

/** Rules about who gets in, who can read what, and what goes over the wire in clear. */
const SECURITY: readonly string[] = [
  'syntax-error',
  'load-error',
  'unknown-suppression',
  'anonymous-by-default',
  'clear-text-login',
  'dead-ldap-key',
  'debug-log',
  'encryption-without-tls',
  'filter-without-user',
  'focus-not-admin',
  'guest-host-authentication',
  'insecure-bosh',
  'malformed-admin',
  'malformed-limits',
  'mismatched-ldap-provider',
  'misplaced-option',
  'missing-ca',
  'missing-component-secret',
  'missing-limits-exception',
  'missing-token-settings',
  'missing-token-verification',
  'missing-turn-secret',
  'open-sasl-mechanisms',
  'order-dependent-include',
  'overridden-authentication',
  'placeholder-secret',
  'public-registration',
  'readable-secret',
  'service-host-authentication',
  'start-tls-over-ldaps',
  'trailing-table',
  'unencrypted-ldap',
  'unescaped-user-names',
  'unknown-provider',
  'unknown-ssl-key',
  'unknown-tls-profile',
  'unmatched-certificate-name',
  'unmatched-group-filter',
  'unused-token-settings',
  'unverified-tls',
];

const ALL = RULES.map(({ name }) => name);

/** The presets of `prosodist.json` and `--preset`. */
export const PRESETS = {
  recommended: { summary: 'every rule, as grave as its page says', rules: ALL },
  strict: { summary: 'every rule, and what is only information is a warning', rules: ALL, least: 'warning' },
  security: {
    summary: 'who gets in, who can read what, and what goes over the wire in clear',
    rules: SECURITY,
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

/**
 * The severities that a preset and single rules make together, for `LintOptions.severities`.
 * @param rules what single rules shall be, which wins over the preset
 */
export function severitiesOf(
  preset: PresetName = 'recommended',
  rules: Readonly<Record<string, Severity | 'off'>> = {},
): Record<string, Severity | 'off'> {
  const { rules: named, least }: Preset = PRESETS[preset];
  const found: Record<string, Severity | 'off'> = {};
  for (const { name, severity } of RULES) {
    if (!named.includes(name)) found[name] = 'off';
    else if (least === 'warning' && severity === 'info') found[name] = least;
  }
  return { ...found, ...rules };
}
