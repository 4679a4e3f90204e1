import { nearestName } from '../../catalog/index.js';
import { components, effective, GLOBAL, hosts, type Option, type Section } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { hasModule } from '../support/host-modules.js';
import { roomServices } from '../support/jitsi.js';
import { jitsiFiles } from '../support/jitsi-files.js';
import { textOf } from '../support/ldap-table.js';
import { placeholderIn } from '../support/placeholder.js';
import { moduleOf, sectionNamed, sectionsAreKnown } from '../support/sections.js';
import { literalOf, placeInString, replacement } from '../support/source.js';
import { listWords } from '../support/words.js';
import { reportFiles } from './files.js';

export const danglingReference: Rule = {
  name: 'dangling-reference',
  severity: 'warning',
  summary: 'An option of Jitsi names a component or virtual host that the configuration does not define.',
  fixable: 'sometimes',
  source:
    "Jitsi Meet's prosody-plugins: util.lib.lua, process_host_module waits for a host of this name; mod_muc_lobby_rooms, mod_muc_breakout_rooms, mod_jiconop",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      for (const section of context.configuration.sections.values()) {
        if (!factOf(context, section.name, hasReference)) continue;
        for (const [name, reference] of REFERENCES) {
          const option = section.options.get(name);
          if (option) check(context, section, option, reference);
        }
      }
      reportFiles(context, jitsiFiles(context));
    },
  },
};

function hasReference({ configuration }: RuleContext, scope: string): boolean {
  return [...REFERENCES.keys()].some(name => configuration.sections.get(scope)?.options.has(name));
}

interface Reference {
  /** What has to be of that name. */
  readonly kind: 'room service' | 'component' | 'virtual host';
  /** The modules of the section that read it; of none of them loaded, it is a remnant. */
  readonly readers?: readonly string[];
  readonly effect: string;
}

const NO_ROOMS = 'The module waits for the component for ever, and does nothing; nothing is logged.';
const unadvertised = (what: string) => `Clients are told an address at which nobody answers: ${what} does not work.`;

const REFERENCES: ReadonlyMap<string, Reference> = new Map<string, Reference>([
  ['main_muc', { kind: 'room service', effect: 'Lobby, breakout rooms and what else works on the meetings wait for ever.' }],
  [
    'lobby_muc',
    {
      kind: 'room service',
      readers: ['muc_lobby_rooms', 'persistent_lobby', 'jiconop', 'muc_wait_for_host', 'muc_flip'],
      effect: 'The lobby cannot be switched on; nothing is logged.',
    },
  ],
  [
    'breakout_rooms_muc',
    {
      kind: 'room service',
      readers: ['muc_breakout_rooms', 'jiconop', 'reservations', 'shadow_ban'],
      effect: 'There are no breakout rooms; nothing is logged.',
    },
  ],
  ['muc_component', { kind: 'room service', effect: NO_ROOMS }],
  ['breakout_rooms_component', { kind: 'room service', effect: 'The component does nothing for breakout rooms.' }],
  [
    'speakerstats_component',
    { kind: 'component', readers: ['speakerstats'], effect: unadvertised('the statistics of speakers') },
  ],
  [
    'conference_duration_component',
    { kind: 'component', readers: ['conference_duration'], effect: unadvertised('the clock of the meeting') },
  ],
  ['end_conference_component', { kind: 'component', readers: ['end_conference'], effect: unadvertised('"end meeting for all"') }],
  [
    'av_moderation_component',
    { kind: 'component', readers: ['av_moderation'], effect: unadvertised('moderation of audio and video') },
  ],
  ['room_metadata_component', { kind: 'component', readers: ['room_metadata'], effect: unadvertised('the metadata of rooms') }],
  [
    'muc_mapper_domain_base',
    { kind: 'virtual host', effect: 'Names of rooms are mapped to a domain that this server does not serve.' },
  ],
]);

function check(context: RuleContext, section: Section, option: Option, reference: Reference): void {
  const name = textOf(option.value);
  if (name === undefined || option.setting.doubt !== undefined || placeholderIn(name) || isFound(context, name, reference))
    return;
  const { readers, kind, effect } = reference;
  const inUse =
    section.name === GLOBAL ||
    section.kind === 'component' ||
    !readers ||
    readers.some(reader => hasModule(context, section.name, reader) !== false);
  const wrong = sectionNamed(context, name);
  const meant = meantBy(context, name, kind);
  context.report({
    severity: inUse ? 'warning' : 'info',
    message: wrong
      ? `\`${option.setting.name}\` names \`${name}\`, which is ${wrong.kind === 'host' ? 'a virtual host' : 'a component'}, not a ${kind}`
      : `\`${option.setting.name}\` names the ${kind} \`${name}\`, which is not defined`,
    why: inUse
      ? effect
      : `Nothing reads it here: ${listWords(
          (readers ?? []).map(reader => `mod_${reader}`),
          'or',
        )} is not loaded.`,
    help: meant
      ? `Write \`${meant}\`, or define \`${name}\`.`
      : `Define it (\`${definition(name, kind)}\`), or correct the name.`,
    at: option.value.origin ?? option.setting.valueOrigin,
    related: wrong?.openings[0] ? [{ message: 'this is of that name', at: wrong.openings[0].nameOrigin }] : [],
    fix: meant && literalOf(context.configuration, option.value) ? () => correct(context, option, name, meant) : null,
  });
}

function isFound(context: RuleContext, name: string, { kind }: Reference): boolean {
  const section = sectionNamed(context, name);
  if (!section) return false;
  if (kind === 'virtual host') return section.kind === 'host';
  const module = moduleOf(section);
  return (
    section.kind === 'component' &&
    !(kind === 'room service' && module !== undefined && module !== 'muc' && KNOWN_OTHERS.test(module))
  );
}

/** Components that are no room service for certain; a module of one's own may be anything. */
const KNOWN_OTHERS = /_component$|^(?:client_proxy|component|proxy65|http_file_share|http_upload|end_conference|pubsub)$/;

/** The one name that was meant: with the same first label, or as good as the same. */
function meantBy(context: RuleContext, name: string, kind: Reference['kind']): string | undefined {
  if (kind === 'room service') {
    const byLabel = roomServices(context);
    const alike = byLabel.get(name.split('.')[0]!) ?? [];
    if (alike.length === 1) return alike[0];
    return byLabel.size > MOST || alike.length > MOST ? undefined : near(name, [...byLabel.values()].flat());
  }
  const all = kind === 'virtual host' ? hosts(context.configuration) : components(context.configuration);
  return near(
    name,
    all.map(section => section.name),
  );
}

/** Among more names than these no administrator looks for the one that was meant, and it takes its time. */
const MOST = 50;

function near(name: string, names: readonly string[]): string | undefined {
  return names.length > MOST ? undefined : nearestName(name, names);
}

function definition(name: string, kind: Reference['kind']): string {
  if (kind === 'virtual host') return `VirtualHost "${name}"`;
  return kind === 'room service' ? `Component "${name}" "muc"` : `Component "${name}" "…"`;
}

function correct({ configuration }: RuleContext, option: Option, name: string, meant: string): Fix | null {
  const at = placeInString(configuration, option.value, 0, name.length);
  return at && effective(configuration, option.setting.scope, option.setting.name)
    ? replacement(`Write \`${meant}\``, 'unsafe', at, meant)
    : null;
}
