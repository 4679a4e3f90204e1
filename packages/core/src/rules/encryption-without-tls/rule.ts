import { type Effective, effective, GLOBAL, type HostModules, hostModulesOf, truth, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { sectionsAreKnown } from '../support/sections.js';
import { listWords } from '../support/words.js';

export const encryptionWithoutTls: Rule = {
  name: 'encryption-without-tls',
  severity: 'warning',
  summary: 'Encryption is required, and mod_tls, which would encrypt, is not loaded.',
  fixable: 'never',
  source:
    'plugins/mod_saslauth.lua (secure_auth_only), plugins/mod_s2s.lua (require_encryption), plugins/mod_tls.lua; util/prosodyctl/check.lua has it the wrong way round since 0.12',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const { sections } = context.configuration;
      const names = [...sections.keys()].filter(name => name !== GLOBAL && factOf(context, name, isWithoutTls)).sort();
      const bare = names.map(name => hostModulesOf(context.configuration, name)!);
      for (const way of WAYS) check(context, bare, way);
    },
  },
};

interface Way {
  readonly module: string;
  readonly options: readonly string[];
  readonly effect: string;
}

const WAYS: readonly Way[] = [
  {
    module: 'c2s',
    options: ['c2s_require_encryption', 'require_encryption'],
    effect:
      'On its port for clients Prosody offers neither encryption nor, without it, a way to log in. Who comes by BOSH or WebSocket is not concerned.',
  },
  {
    module: 's2s',
    options: ['s2s_require_encryption'],
    effect: 'Prosody refuses every other server: it demands encryption and does not offer it.',
  },
];

/** A virtual host for which mod_tls is not loaded for certain. */
function isWithoutTls({ configuration }: RuleContext, host: string): boolean {
  const { kind, enabled, failure, doubt, modules, unknown } = hostModulesOf(configuration, host)!;
  return (
    kind === 'host' &&
    !host.startsWith('?') &&
    enabled === true &&
    failure === null &&
    doubt === null &&
    !modules.some(({ name }) => name === 'tls') &&
    !unknown.some(({ name }) => name === null || name === 'tls')
  );
}

function check(context: RuleContext, bare: readonly HostModules[], way: Way): void {
  const { configuration } = context;
  const ports = configuration.sections.get(GLOBAL)?.options.get(`${way.module}_ports`)?.value;
  if (ports && (ports.kind !== 'table' || ports.table.entries.size === 0)) return;
  const concerned = bare
    .filter(({ host, modules }) => modules.some(({ name }) => name === way.module) && hasList(context, host))
    .map(({ host }) => ({ host, option: requirement(context, host, way) }));
  for (const option of new Set(concerned.map(entry => entry.option?.setting))) {
    const hosts = concerned.filter(entry => entry.option?.setting === option);
    const value = hosts[0]?.option?.value;
    // between servers, only what is written is worth a word
    if (value ? !isOn(value) : way.module === 's2s') continue;
    const opening = configuration.sections.get(hosts[0]!.host)?.openings[0];
    const at = option?.nameOrigin ?? opening?.nameOrigin;
    if (!at) continue;
    const names = hosts.slice(0, 3).map(({ host }) => `\`${host}\``);
    context.report({
      severity: option ? 'warning' : 'info',
      message: `${option ? `\`${option.name}\` requires encryption` : 'Prosody requires encryption unless it is told otherwise'}, but mod_tls is not loaded for ${listWords(hosts.length > 3 ? [...names, `${hosts.length - 3} more`] : names)}`,
      why: way.effect,
      help: 'Add "tls" to `modules_enabled`.',
      at,
    });
  }
}

function requirement({ configuration }: RuleContext, host: string, { options }: Way): Effective | undefined {
  const found = options.map(name => effective(configuration, host, name));
  return found.find(option => option && option.value.kind !== 'nil');
}

/** Whether there is a list of modules for a host; that there is none at all is told as that. */
function hasList({ configuration }: RuleContext, host: string): boolean {
  return effective(configuration, host, 'modules_enabled')?.value.kind === 'table';
}

/** get_option_boolean. */
function isOn(value: Value): boolean {
  return value.kind === 'string' ? value.value === 'true' : value.kind === 'number' ? value.value === 1 : truth(value) === true;
}
