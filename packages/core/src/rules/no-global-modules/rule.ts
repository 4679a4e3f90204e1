import { GLOBAL, hosts, listEntries, openReason, type Section, truth } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { textOf } from '../support/ldap-table.js';
import { isOnHere } from '../support/module-entries.js';
import { sectionsAreKnown } from '../support/sections.js';
import { listWords } from '../support/words.js';

export const noGlobalModules: Rule = {
  name: 'no-global-modules',
  severity: 'info',
  summary: 'The global section has no `modules_enabled`, so hosts without a list of their own load next to nothing.',
  fixable: 'never',
  source: 'util/prosodyctl/check.lua: "No global modules_enabled is set?"; core/modulemanager.lua, get_modules_for_host',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const { sections } = context.configuration;
      const global = sections.get(GLOBAL);
      const list = global?.options.get('modules_enabled');
      if (list && truth(list.value) !== false) return;
      // a word that is not in quotes, or nothing global at all, is told as that
      if ((list?.value.kind === 'nil' && list.value.unset) || !hasOptions(global)) return;
      const running = hosts(context.configuration).filter(host => isOnHere(context, host));
      const deaf = running.filter(host => hasModule(context, host.name, 'saslauth') === false);
      const first = deaf[0] ?? running[0];
      const at = list?.setting.nameOrigin ?? first?.openings[0]?.nameOrigin;
      if (!first || !at) return;
      const common = commonModules(running);
      context.report({
        // where others have one, these were forgotten
        severity: deaf.length > 0 && deaf.length < running.length ? 'warning' : 'info',
        message:
          deaf.length > 0
            ? `the global section has no \`modules_enabled\`, and ${listWords(deaf.slice(0, 3).map(host => `\`${host.name}\``))} ${deaf.length === 1 ? 'has' : 'have'} no module for logins`
            : 'the global section has no `modules_enabled`',
        why:
          deaf.length > 0
            ? 'Without mod_saslauth nobody can log in; without mod_tls nothing is encrypted. Prosody loads only c2s, s2s and the handling of stanzas by itself.'
            : 'Each host has only its own list: one that is added later starts without mod_saslauth, so that nobody can log in to it.',
        help:
          common.length > 0
            ? `Put the list that all hosts share above the first VirtualHost: ${listWords(common.map(name => `"${name}"`))}.`
            : 'Write `modules_enabled = { "roster"; "saslauth"; "tls"; "disco" }` above the first VirtualHost.',
        at,
      });
    },
  },
};

function hasOptions(section: Section | undefined): boolean {
  return [...(section?.options.values() ?? [])].some(
    ({ setting, value }) => setting.form !== 'opening' && setting.name !== 'log' && value.kind !== 'nil',
  );
}

/** The modules that all hosts with a list have in it. */
function commonModules(running: readonly Section[]): string[] {
  const lists = running.flatMap(host => {
    const value = host.options.get('modules_enabled')?.value;
    if (value?.kind !== 'table' || openReason(value)) return [];
    return [listEntries(value).flatMap(entry => textOf(entry.value) ?? [])];
  });
  return (lists[0] ?? []).filter(name => lists.every(list => list.includes(name)));
}
