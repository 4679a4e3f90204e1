import type { HostModules, ModuleSource, OptionSource, Origin } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule, RuleContext } from '../rule.js';
import { hostModules } from '../support/host-modules.js';
import { withoutEntry } from '../support/list-entry.js';

export const conflictingModules: Rule = {
  name: 'conflicting-modules',
  severity: 'warning',
  summary: 'Two modules that do the same are loaded for one host.',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua: "are enabled but they conflict"; core/modulemanager.lua, get_modules_for_host: mod_vcard_legacy takes the place of mod_vcard',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const hosts = hostModules(context).filter(({ host, enabled }) => enabled !== false && !host.startsWith('?'));
      for (const host of hosts) {
        checkPep(context, host);
        checkVcard(context, host, hosts);
      }
    },
  },
};

function checkPep(context: RuleContext, { host, modules }: HostModules): void {
  const simple = placeOf(modules.find(({ name }) => name === 'pep_simple')?.sources);
  const pep = placeOf(modules.find(({ name }) => name === 'pep')?.sources);
  if (!simple || !pep) return;
  context.report({
    message: `mod_pep and mod_pep_simple are both loaded for \`${host}\``,
    why: 'Both answer the same requests, each with a store of its own: what one has taken the other does not know.',
    help: 'Remove "pep_simple"; mod_pep does what it did.',
    at: simple,
    related: [{ message: 'the other one', at: pep }],
  });
}

function checkVcard(context: RuleContext, { host, disabled }: HostModules, all: readonly HostModules[]): void {
  const vcard = disabled.find(({ name, by }) => name === 'vcard' && by.option === 'modules_enabled');
  const at = placeOf(vcard?.sources);
  if (!vcard || !at) return;
  // from the same entry another host may have it, and have no other
  const isUsed = all.some(
    ({ modules, unknown }) => unknown.length > 0 || uses(modules.find(({ name }) => name === 'vcard')?.sources, at),
  );
  const edit = isUsed || !context.complete ? undefined : withoutEntry(context.configuration, at);
  context.report({
    severity: 'info',
    message: `mod_vcard is not loaded for \`${host}\`: mod_vcard_legacy takes its place`,
    why: 'Prosody logs "The mod_vcard_legacy plugin replaces mod_vcard but both are enabled" and drops the first.',
    help: 'Remove "vcard".',
    at,
    related: [{ message: 'this takes its place', at: vcard.by.origin }],
    fix: edit ? { title: 'Remove "vcard" from the list', safety: 'safe', ...editsOnly([edit]) } : null,
  });
}

function placeOf(sources: readonly ModuleSource[] = []): Origin | undefined {
  return sources.find((source): source is OptionSource => source.kind === 'option')?.origin;
}

function uses(sources: readonly ModuleSource[] = [], at: Origin): boolean {
  return sources.some(source => source.kind === 'option' && source.origin.file === at.file && source.origin.start === at.start);
}
