import { effective, GLOBAL, hosts, type Section, type Setting, truth } from '../../evaluate/index.js';
import { isServiceHost } from '../../jitsi/index.js';
import { DIRECTORY_WAYS } from '../../login/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { isEnabled, isOn, providerOf } from '../support/hosts.js';
import { moveToGlobal } from '../support/move-to-global.js';
import { operationFix } from '../support/operation-fix.js';
import { sectionWords } from '../support/words.js';

export const insecureBosh: Rule = {
  name: 'insecure-bosh',
  severity: 'warning',
  summary: '`consider_bosh_secure` (or its WebSocket twin) is missing, or stands where it has no effect.',
  fixable: 'sometimes',
  source:
    'plugins/mod_bosh.lua and mod_websocket.lua read it from the global section; plugins/mod_saslauth.lua offers no mechanism on an insecure connection',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const way of WAYS) {
        const lost = misplaced(context, way);
        for (const setting of lost) reportMisplaced(context, way, setting);
        // where one is only misplaced, moving it is the remedy
        if (lost.length === 0 && context.complete) reportMissing(context, way);
      }
    },
  },
};

interface Way {
  readonly module: string;
  readonly option: string;
  readonly name: string;
}

const WAYS: readonly Way[] = [
  { module: 'bosh', option: 'consider_bosh_secure', name: 'BOSH' },
  { module: 'websocket', option: 'consider_websocket_secure', name: 'WebSocket' },
];

function misplaced({ configuration }: RuleContext, { option }: Way): Setting[] {
  return [...configuration.sections.values()].flatMap(section =>
    section.name === GLOBAL ? [] : (section.options.get(option)?.setting ?? []),
  );
}

function reportMisplaced(context: RuleContext, way: Way, setting: Setting): void {
  const global = context.configuration.sections.get(GLOBAL)?.options.get(way.option);
  context.report({
    severity: global ? 'info' : 'warning',
    message: `\`${way.option}\` has no effect in ${sectionWords(setting.scope)}: Prosody reads it from the global section only`,
    why: global
      ? 'The value of the global section counts; this one is never read.'
      : `Behind a proxy that speaks plain HTTP to Prosody, nobody who comes by ${way.name} is offered a way to log in.`,
    help: 'Move it above the first VirtualHost or Component.',
    at: setting.nameOrigin,
    related: global ? [{ message: 'this one counts', at: global.setting.nameOrigin }] : [],
    fix: () => moveToGlobal(context, setting),
  });
}

function reportMissing(context: RuleContext, way: Way): void {
  const { configuration } = context;
  const global = configuration.sections.get(GLOBAL)?.options.get(way.option);
  if (global && truth(global.value) !== false) return;
  const host = hosts(configuration).find(({ name }) => factOf(context, name, NEEDS[way.name]!));
  const provider = host && effective(configuration, host.name, 'authentication');
  if (!host || !provider) return;
  context.report({
    message: `\`${way.option} = true\` is missing in the global section, but \`${host.name}\` takes passwords by ${way.name}`,
    why: `${providerOf(context, host.name)} can only take the password as it is (PLAIN), which Prosody does not offer on a connection that it thinks insecure. Behind a proxy that does not send "X-Forwarded-Proto: https" (Jitsi's nginx template does not) nobody can log in.`,
    help: `Put \`${way.option} = true\` above the first VirtualHost, if the proxy and Prosody are on one machine.`,
    at: global?.setting.nameOrigin ?? provider.setting.nameOrigin,
    fix: () =>
      operationFix(context, `Add \`${way.option} = true\` to the global section`, {
        op: 'set',
        scope: 'global',
        name: way.option,
        value: true,
      }),
  });
}

/** For each way: whether a host needs it. */
const NEEDS = Object.fromEntries(
  WAYS.map(way => [
    way.name,
    (context: RuleContext, name: string) => needs(context, context.configuration.sections.get(name)!, way),
  ]),
);

/** A host whose users send their password as it is, by this way, where nothing else allows that. */
function needs(context: RuleContext, host: Section, way: Way): boolean {
  const { configuration } = context;
  if (!isOn(host) || isServiceHost(host.name) || !isEnabled(context, host.name, way.module)) return false;
  if (!DIRECTORY_WAYS.has(providerOf(context, host.name) ?? '')) return false;
  const plainAllowed = effective(configuration, host.name, 'allow_unencrypted_plain_auth');
  const encryption = effective(configuration, host.name, 'c2s_require_encryption');
  // both together let PLAIN through on any connection (recorded: bosh matrix)
  return !(plainAllowed && truth(plainAllowed.value) !== false && encryption && truth(encryption.value) !== true);
}
