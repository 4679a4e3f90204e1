import { components, effective, hosts, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { accountOf, focusAccounts } from '../support/jitsi.js';
import { placeholderIn } from '../support/placeholder.js';
import { inheritedTexts, moduleOf, optionText, sectionNamed, sectionsAreKnown } from '../support/sections.js';

export const focusNotAdmin: Rule = {
  name: 'focus-not-admin',
  severity: 'error',
  summary: 'Only administrators may create rooms, and Jicofo is none.',
  fixable: 'never',
  source:
    'plugins/muc/mod_muc.lua (0.12: 416, 13.0: 434): restrict_room_creation; mod_authz_internal.lua: admins of the component and of the global section',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const accounts = focusAccounts(context);
      // of several installations in one Prosody nobody can tell which account is whose
      if (accounts.length !== 1) return;
      const [{ jid, component }] = accounts as [(typeof accounts)[number]];
      const host = accountOf(jid)?.host;
      // where the account's host is not defined, that is the mistake
      if (placeholderIn(jid) || host === undefined || !sectionNamed(context, host)) return;
      for (const rooms of mainRooms(context)) check(context, rooms, jid, component);
    },
  },
};

/** The component of the meetings, as the other parts name it. */
function mainRooms(context: RuleContext): Section[] {
  const { configuration } = context;
  const names = [
    ...hosts(configuration).map(host => optionText(context, host.name, 'main_muc')),
    ...components(configuration).map(component => optionText(context, component.name, 'muc_component')),
  ];
  const found = names.flatMap(name => (name === undefined ? [] : (sectionNamed(context, name) ?? [])));
  return [...new Set(found)].filter(section => moduleOf(section) === 'muc');
}

function check(context: RuleContext, rooms: Section, jid: string, component: Section): void {
  const restricted = effective(context.configuration, rooms.name, 'restrict_room_creation');
  if (restricted?.value.kind !== 'boolean' || !restricted.value.value) return;
  const admins = inheritedTexts(context, rooms.name, 'admins');
  const bare = (text: string) => text.replace(/\/.*$/, '').toLowerCase();
  if (!admins || admins.some(admin => bare(admin) === bare(jid))) return;
  const target = component.options.get('target_address')?.setting;
  // an administrator of that name on another host is the same mistake, and is told there
  if (admins.some(admin => accountOf(admin)?.user === accountOf(jid)!.user && !sectionNamed(context, accountOf(admin)!.host)))
    return;
  context.report({
    message: `\`${rooms.name}\` lets only administrators create rooms, and \`${jid}\` is not one`,
    why: 'Jicofo creates the room of every meeting: it is refused ("Room creation is restricted"), and no meeting starts.',
    help: `Add \`${jid}\` to \`admins\`, here or in the global section.`,
    at: restricted.setting.origin,
    related: target ? [{ message: "Jicofo's account", at: target.valueOrigin }] : [],
  });
}
