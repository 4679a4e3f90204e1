import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';

export const noAddressFamily: Rule = {
  name: 'no-address-family',
  severity: 'error',
  summary: '`use_ipv4` and `use_ipv6` are both false, so Prosody listens nowhere.',
  fixable: 'never',
  source: 'core/portmanager.lua: default_interfaces; util/prosodyctl/check.lua, checks.dns: "Both IPv6 and IPv4 are disabled"',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration({ configuration, report }) {
      const options = configuration.sections.get(GLOBAL)?.options;
      const [first, second] = ['use_ipv4', 'use_ipv6']
        .flatMap(name => options?.get(name) ?? [])
        .filter(({ value, setting }) => value.kind === 'boolean' && !value.value && setting.doubt === undefined);
      if (!first || !second) return;
      const isBound = options?.has('interfaces') || options?.has('interface');
      report({
        severity: isBound ? 'warning' : 'error',
        message: 'IPv4 and IPv6 are both switched off',
        why: isBound
          ? 'Prosody listens on the `interfaces` that are named, and connects to no other server.'
          : 'Prosody listens on no port for the outside, and connects to no other server.',
        help: 'Remove one of the two.',
        at: second.setting.nameOrigin,
        related: [{ message: 'the other one', at: first.setting.nameOrigin }],
      });
    },
  },
};
