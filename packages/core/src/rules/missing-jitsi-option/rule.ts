import { components, effective, hosts, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { isOn } from '../support/hosts.js';
import { roomServices } from '../support/jitsi.js';
import { operationFix } from '../support/operation-fix.js';
import { moduleOf, sectionsAreKnown } from '../support/sections.js';

export const missingJitsiOption: Rule = {
  name: 'missing-jitsi-option',
  severity: 'warning',
  summary: 'A module of Jitsi is loaded without the option that tells it what to work on.',
  fixable: 'sometimes',
  source:
    'Jitsi Meet\'s prosody-plugins: "lobby not enabled missing main_muc config", "No muc_component specified. No muc to operate on!" and their kin',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      for (const host of hosts(context.configuration)) {
        if (!isOn(host)) continue;
        for (const need of HOST_NEEDS) if (hasModule(context, host.name, need.module) === true) check(context, host, need);
      }
      for (const component of components(context.configuration)) {
        const module = moduleOf(component);
        for (const need of COMPONENT_NEEDS) if (module === need.module && isOn(component)) check(context, component, need);
      }
    },
  },
};

interface Need {
  readonly module: string;
  readonly option: string;
  /** What the component of the option's name is called in Jitsi's own configurations: the part before the domain. */
  readonly labels: readonly string[];
  readonly effect: string;
}

const ROOMS = ['conference', 'muc'];
const HOST_NEEDS: readonly Need[] = [
  {
    module: 'muc_lobby_rooms',
    option: 'lobby_muc',
    labels: ['lobby'],
    effect: 'The module gives up when it is loaded: there is no lobby.',
  },
  {
    module: 'muc_lobby_rooms',
    option: 'main_muc',
    labels: ROOMS,
    effect: 'The module gives up when it is loaded: there is no lobby.',
  },
  {
    module: 'muc_breakout_rooms',
    option: 'main_muc',
    labels: ROOMS,
    effect: 'The module gives up when it is loaded: there are no breakout rooms.',
  },
];

const NO_ROOMS = 'The component gives up when it is loaded, and what it is for does not work.';
const COMPONENT_NEEDS: readonly Need[] = [
  ...[
    'speakerstats_component',
    'conference_duration_component',
    'av_moderation_component',
    'room_metadata_component',
    'end_conference',
  ].map(module => ({ module, option: 'muc_component', labels: ROOMS, effect: NO_ROOMS })),
  {
    module: 'client_proxy',
    option: 'target_address',
    labels: [],
    effect: 'The component gives up when it is loaded: clients do not find Jicofo, and no meeting starts.',
  },
];

function check(context: RuleContext, section: Section, { module, option, effect, labels }: Need): void {
  const opening = section.openings[0];
  const value = effective(context.configuration, section.name, option)?.value;
  // a nil that was written is told as an unquoted word
  if (!opening || value) return;
  // of one that two modules lack, one finding is enough
  if (module === 'muc_breakout_rooms' && hasModule(context, section.name, 'muc_lobby_rooms') === true) return;
  const named = labels.flatMap(label => roomServices(context).get(label) ?? []);
  const meant = named.length === 1 ? named[0]! : undefined;
  context.report({
    message: `\`${section.name}\` has mod_${module}, but no \`${option}\``,
    why: effect,
    help: meant ? `Write \`${option} = "${meant}"\` below it.` : `Write \`${option} = "…"\` below it.`,
    at: opening.nameOrigin,
    fix: meant
      ? () =>
          operationFix(context, `Add \`${option} = "${meant}"\``, {
            op: 'set',
            scope: section.kind === 'host' ? { host: section.name } : { component: section.name },
            name: option,
            value: meant,
          })
      : null,
  });
}
