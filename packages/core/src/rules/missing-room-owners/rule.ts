import { effective, GLOBAL, truth } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { focusAccounts } from '../support/jitsi.js';
import { operationFix } from '../support/operation-fix.js';
import { sectionPlace } from '../support/section-place.js';
import { sectionsAreKnown } from '../support/sections.js';

export const missingRoomOwners: Rule = {
  name: 'missing-room-owners',
  severity: 'info',
  summary: 'Since Prosody 13.0 administrators own rooms only where `component_admins_as_room_owners` says so.',
  fixable: 'sometimes',
  source: "plugins/muc/mod_muc.lua: the default is true in 0.12 (118) and false in 13.0 (132); Jitsi's package sets it on 13.0",
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, version } = context;
      const [focus] = focusAccounts(context);
      if (version === '0.12' || !focus || !sectionsAreKnown(context)) return;
      const option = effective(configuration, GLOBAL, 'component_admins_as_room_owners');
      const own = [...configuration.sections.values()].some(section => section.options.has('component_admins_as_room_owners'));
      if (option ? truth(option.value) !== false : own) return;
      const at = option?.setting.valueOrigin ?? sectionPlace(focus.component);
      if (!at) return;
      context.report({
        message: option
          ? 'Jicofo does not own the rooms in which it is an administrator: `component_admins_as_room_owners` is off'
          : 'Jicofo does not own the rooms in which it is an administrator: `component_admins_as_room_owners = true` is missing',
        why: 'Up to 0.12 Prosody made administrators of a component owners of its rooms. In rooms that Jicofo did not create it can make nobody a moderator.',
        help: 'Write `component_admins_as_room_owners = true` above the first VirtualHost.',
        at,
        fix: () =>
          operationFix(context, 'Make administrators owners of rooms', {
            op: 'set',
            scope: 'global',
            name: 'component_admins_as_room_owners',
            value: true,
          }),
      });
    },
  },
};
