import { findModule } from '../../catalog/index.js';
import { hosts, listEntries, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { isOn, providerOf } from '../support/hosts.js';
import { sectionPlace } from '../support/section-place.js';
import { moduleOf, optionText, sectionNamed, sectionsAreKnown } from '../support/sections.js';

export const missingTokenVerification: Rule = {
  name: 'missing-token-verification',
  severity: 'warning',
  summary: 'People need a token to get in, but the rooms do not look at which room it is for.',
  fixable: 'never',
  source:
    "Jitsi Meet's mod_token_verification.lua: muc-room-pre-create and muc-occupant-pre-join check the token's room; mod_auth_token does not",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const told = new Set<Section>();
      for (const host of hosts(context.configuration)) {
        if (!isOn(host) || providerOf(context, host.name) !== 'token') continue;
        const name = optionText(context, host.name, 'main_muc');
        const rooms = name === undefined ? undefined : sectionNamed(context, name);
        if (!rooms || moduleOf(rooms) !== 'muc' || told.has(rooms) || !isOn(rooms)) continue;
        told.add(rooms);
        if (hasModule(context, rooms.name, 'token_verification') === false && !hasOther(context, rooms))
          report(context, host, rooms);
      }
    },
  },
};

/** A module of one's own, or another one about tokens, may do it. */
function hasOther({ version }: RuleContext, rooms: Section): boolean {
  const own = rooms.options.get('modules_enabled')?.value;
  if (own?.kind !== 'table') return false;
  return listEntries(own).some(
    ({ value }) => value.kind === 'string' && (/token|jwt/.test(value.value) || !findModule(value.value, version)),
  );
}

function report(context: RuleContext, host: Section, rooms: Section): void {
  const at = sectionPlace(rooms);
  if (!at) return;
  const provider = host.options.get('authentication')?.setting;
  context.report({
    message: `\`${rooms.name}\` does not look at the tokens of \`${host.name}\`: mod_token_verification is not loaded`,
    why: 'A token for one room opens every room.',
    help: `Add "token_verification" to \`modules_enabled\` of \`${rooms.name}\`.`,
    at,
    related: provider ? [{ message: 'people get in by tokens', at: provider.valueOrigin }] : [],
  });
}
