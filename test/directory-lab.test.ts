import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode, lint, memoryFiles } from '@prosodist/core';
import { describeWith } from './support/needing.js';

/** Configurations that were tried against a real directory. */
const cases = fileURLToPath(new URL('../../shared/directory-lab/cases/', import.meta.url));

/**
 * What the text alone tells of each. Empty: it works, or only the directory knows that it does not (a wrong password or base, a
 * server that is down).
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '01': [],
  '02': [],
  '03': ['unencrypted-ldap'],
  '04': ['malformed-ldap-host'],
  '05': ['unmatched-certificate-name'],
  '06': [],
  '07': ['missing-ldap-table'],
  '08': ['missing-ldap-table'],
  '09': ['unknown-ldap-key'],
  '10': ['missing-ldap-key'],
  '11': ['missing-ldap-key'],
  '12': ['missing-ldap-key'],
  '13': ['missing-ldap-key'],
  '14': [],
  '15': ['uid-on-active-directory'],
  '16': ['domain-root-base'],
  '17': [],
  '18': ['malformed-filter'],
  '19': [],
  '20': ['wrong-filter-token'],
  '21': ['missing-ldap-key'],
  '22': [],
  '23': ['mismatched-ldap-provider'],
  '24': ['unknown-provider'],
  '25': [],
  '26': ['unencrypted-ldap'],
  '27': ['domain-root-base'],
  '28': ['start-tls-over-ldaps'],
  '29': ['malformed-dn'],
  '30': ['syntax-error'],
  '31': [],
  '40': ['unknown-ldap-key'],
  '41': ['unknown-ldap-key', 'unknown-ldap-key', 'unknown-ldap-key'],
  '42': ['unknown-ldap-key', 'unknown-ldap-key'],
  '43': ['wrong-ldap-type'],
  '44': ['malformed-filter'],
  '45': ['mail-as-user-name'],
  '46': ['mail-as-user-name'],
  '47': ['wrong-ldap-type'],
  '48': [],
  '49': [],
  '50': [],
  '51': ['malformed-filter'],
  '52': ['malformed-filter'],
  '53': ['syntax-error'],
  '54': ['syntax-error'],
  '55': ['overridden-authentication'],
  '56': ['swallowed-backslash'],
  '60': ['malformed-dn'],
  '61': ['filter-without-user'],
  '62': [],
  '63': ['wrong-filter-token'],
  '64': [],
  '65': [],
  '66': ['malformed-filter'],
  '67': ['wrong-ldap-value'],
  '70': [],
};

describeWith(
  'logins that were tried',
  existsSync(cases) ? {} : { missing: 'the directory lab is not here (needs ../shared)' },
  () => {
    for (const name of existsSync(cases) ? readdirSync(cases).sort() : []) {
      const expected = EXPECTED[name.slice(0, 2)];
      if (!expected) continue;
      it(`${name}: ${expected.join(', ') || 'nothing to tell'}`, () => {
        const files = memoryFiles({ '/etc/prosody/prosody.cfg.lua': decode(readFileSync(cases + name)) });
        const { findings } = lint(files, '/etc/prosody/prosody.cfg.lua', { prosody: '0.12' });
        // hints are about what these short files leave out, and the other module
        const told = findings.filter(({ rule, severity }) => severity !== 'info' || expected.includes(rule));
        const found = told.map(({ rule }) => rule);
        // one mistake of the language may be told at two places
        assert.deepEqual(expected[0] === 'syntax-error' ? [...new Set(found)] : found, expected);
      });
    }
  },
);
