import { GLOBAL, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOnHere } from '../support/module-entries.js';
import { sectionsAsRelated } from '../support/section-place.js';
import { sectionsAreKnown } from '../support/sections.js';

export const noEnabledHost: Rule = {
  name: 'no-enabled-host',
  severity: 'error',
  summary: 'There is no virtual host or component at all, or all are switched off.',
  fixable: 'never',
  source:
    'util/prosodyctl/check.lua: "No hosts are defined", "No hosts are enabled", "All hosts are disabled"; core/hostmanager.lua, load_enabled_hosts',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const sections = [...context.configuration.sections.values()].filter(({ name }) => name !== GLOBAL);
      if (sections.length === 0) reportNone(context);
      else if (!sections.some(section => isOnHere(context, section))) reportOff(context, sections);
    },
  },
};

const WHY = 'Prosody starts, serves nobody, and says so only in its log.';

function reportNone({ configuration, report }: RuleContext): void {
  const { entry, includes } = configuration;
  // hosts may be put into a folder later: Debian's own configuration waits for that
  const empty = includes.find(include => include.glob && include.files.length === 0);
  report({
    severity: empty ? 'info' : 'error',
    message: `no virtual host is defined${empty ? `, and no file is there for \`${empty.pattern}\`` : ''}`,
    why: WHY,
    help: 'Add a virtual host at the end: VirtualHost "example.com".',
    at: empty?.origin ?? { file: entry, start: 0, end: 0 },
  });
}

function reportOff({ configuration, report }: RuleContext, sections: readonly Section[]): void {
  const global = configuration.sections.get(GLOBAL)?.options.get('enabled')?.setting;
  const off = global ?? sections.flatMap(section => section.options.get('enabled')?.setting ?? [])[0];
  if (!off) return;
  report({
    message:
      sections.length === 1
        ? `\`${sections[0]!.name}\` is switched off, and there is no other host`
        : 'all hosts are switched off',
    why: WHY,
    help: global
      ? 'Remove `enabled = false` from the global section, or write `enabled = true` below a virtual host.'
      : 'Remove `enabled = false` from a virtual host.',
    at: off.nameOrigin,
    related: sectionsAsRelated('switched off', sections.slice(0, 3)),
  });
}
