import type { Configuration, Option, Setting } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOrderDependent } from '../support/order.js';
import { removal, sourceOf } from '../support/source.js';
import { sectionWords } from '../support/words.js';

export const duplicateOption: Rule = {
  name: 'duplicate-option',
  severity: 'warning',
  summary: 'An option is set twice in one section; only the last one counts.',
  fixable: 'sometimes',
  source:
    'core/configmanager.lua: __newindex overwrites, and warns "Duplicate option" only within one file and not in trailing tables',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const section of context.configuration.sections.values()) {
        for (const option of section.options.values()) {
          // which of them counts nobody knows: order-dependent-include tells
          if (isOrderDependent(option)) continue;
          for (const earlier of overridden(context.configuration, option).slice(0, MOST))
            reportPair(context, earlier, option.setting);
        }
      }
    },
  },
};

/** Of an option that is set over and over, so many are told; more would say nothing new. */
const MOST = 100;

/** The settings that the last one made void: plain ones, at another place, that it does not build upon. */
function overridden(configuration: Configuration, option: Option): Setting[] {
  const last = option.setting;
  if (option.overrode.length === 0) return [];
  if (!isWhole(last) || buildsOn(configuration, last)) return [];
  return option.overrode.filter(earlier => isWhole(earlier) && !samePlace(earlier, last));
}

function isWhole(setting: Setting): boolean {
  return (setting.form === 'assignment' || setting.form === 'entry') && setting.doubt === undefined;
}

function samePlace(a: Setting, b: Setting): boolean {
  return a.origin.file === b.origin.file && a.origin.start === b.origin.start;
}

/** `admins = admins or {}` and its like take up what was there before. */
function buildsOn(configuration: Configuration, setting: Setting): boolean {
  return new RegExp(`\\b${setting.name.replace(/[^A-Za-z0-9_]/g, '')}\\b`).test(
    sourceOf(configuration, setting.valueOrigin).replace(/"[^"]*"|'[^']*'/g, ''),
  );
}

function reportPair(context: RuleContext, earlier: Setting, last: Setting): void {
  const same = sourceOf(context.configuration, earlier.valueOrigin) === sourceOf(context.configuration, last.valueOrigin);
  const across = earlier.origin.file !== last.origin.file;
  context.report({
    // in a file of its own it is often meant: the include comes later in order to win
    severity: across || same ? 'info' : 'warning',
    message: `\`${last.name}\` is set twice in ${sectionWords(last.scope)}${same ? ', to the same value' : ''}`,
    why: same
      ? 'The second line changes nothing; whoever edits one of them later will wonder.'
      : 'Prosody keeps the last one; this one has no effect.',
    help: 'Keep one of the two.',
    at: earlier.nameOrigin,
    related: [{ message: 'this one counts', at: last.nameOrigin }],
    fix: across ? null : () => fixOf(context, earlier, same),
  });
}

function fixOf({ configuration }: RuleContext, earlier: Setting, same: boolean): Fix | null {
  const removed = removal(configuration, earlier);
  return removed
    ? { title: 'Remove the one without effect', safety: same ? 'safe' : 'unsafe', ...editsOnly([removed.edit]) }
    : null;
}
