import { findOption, nearestName } from '../../catalog/index.js';
import type { Setting, TableValue, Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { whole } from '../support/settings.js';
import { replacement, sourceOf } from '../support/source.js';

export const unknownSslKey: Rule = {
  name: 'unknown-ssl-key',
  severity: 'warning',
  summary: 'A table of TLS settings has a key or a protocol that neither Prosody nor LuaSec knows.',
  fixable: 'sometimes',
  source: 'util/sslconfig.lua and core/certmanager.lua, and LuaSec 1.2’s ssl.lua, newcontext, which they hand the table to',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (findOption(setting.name, context.version)?.type !== 'ssl' || !whole(context, setting)) return;
      const { value } = setting;
      if (value.kind === 'table' && value.origin && !value.proxy) judgeTable(context, setting, value);
      else if (value.kind === 'string' || value.kind === 'number')
        context.report({
          message: `\`${setting.name}\` is a ${value.kind}, but should be a table`,
          why: 'Prosody passes it over and uses its own TLS settings; nothing is logged.',
          help: `Write ${setting.name} = { key = "…"; certificate = "…" }.`,
          at: setting.valueOrigin,
        });
    },
  },
};

const KEYS =
  'alpn cafile capath certificate certificates ciphers ciphersuites curve curveslist dane depth dhparam key mode options password protocol psk verify verifyext'.split(
    ' ',
  );

/** What people write for them. */
const ALIASES: Readonly<Record<string, string>> = {
  cert: 'certificate',
  crt: 'certificate',
  certfile: 'certificate',
  keyfile: 'key',
  private_key: 'key',
  ca: 'cafile',
  ca_file: 'cafile',
  protocols: 'protocol',
  cipher: 'ciphers',
  passphrase: 'password',
};

/** LuaSec's own names, and Prosody's "and later" (util/sslconfig.lua, protocols). */
const PROTOCOL = /^(?:sslv2|sslv3|tlsv1|tlsv1_1|tlsv1_2|tlsv1_3)\+?$|^(?:sslv23|any|tlsany)$/;

function judgeTable(context: RuleContext, setting: Setting, table: TableValue): void {
  for (const [key, { value, origin, keyOrigin }] of table.table.entries) {
    const at = keyOrigin ?? origin ?? setting.valueOrigin;
    if (key === 'protocol') judgeProtocol(context, value);
    if (typeof key !== 'string' || KEYS.includes(key) || key.startsWith('_')) continue;
    const meant = ALIASES[key.toLowerCase()] ?? nearestName(key, KEYS);
    context.report({
      severity: meant ? 'warning' : 'info',
      message: `\`${setting.name}.${key}\` is no TLS setting${meant ? `; did you mean \`${meant}\`?` : ''}`,
      why: 'Prosody hands it to LuaSec, which does not ask for it: it has no effect, and nothing is logged.',
      help: `Keys are ${KEYS.join(', ')}.`,
      at,
      fix:
        meant && !table.table.entries.has(meant) && sourceOf(context.configuration, at) === key
          ? replacement(`Rename to \`${meant}\``, 'unsafe', at, meant)
          : null,
    });
  }
}

function judgeProtocol(context: RuleContext, value: Value): void {
  if (value.kind !== 'string' || !value.origin || PROTOCOL.test(value.value)) return;
  const fixed = /^tlsv?1[._](\d)(\+?)$/i.exec(value.value);
  const meant = fixed ? `tlsv1_${fixed[1]}${fixed[2]}` : undefined;
  context.report({
    severity: 'error',
    message: `${JSON.stringify(value.value)} is no protocol`,
    why: 'LuaSec refuses it with "invalid protocol", and Prosody offers no TLS with these settings.',
    help: 'Write "tlsv1_2+" for TLS 1.2 and later, or leave it out.',
    at: value.origin,
    fix:
      meant && sourceOf(context.configuration, value.origin).includes(value.value)
        ? replacement(`Write "${meant}"`, 'unsafe', value.origin, `"${meant}"`)
        : null,
  });
}
