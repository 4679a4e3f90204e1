import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type AccessSetting, accesses, failure } from '../support/directory.js';
import { literalOf, sourceOf } from '../support/source.js';

export const swallowedBackslash: Rule = {
  name: 'swallowed-backslash',
  severity: 'error',
  summary: 'The name or password of the service has a backslash that Lua takes for an escape.',
  fixable: 'sometimes',
  source: 'Lua 5.4 manual, section 3.1; recorded as case 56 on Prosody 0.12.3 and 13.0.1: "Invalid credentials"',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const { way, settings } of accesses(context)) {
        if (way === 'saslauthd') continue;
        for (const setting of [settings.bindName, settings.password]) {
          // neither a name nor a password has control characters
          if (setting?.value.kind !== 'string') continue;
          const at = setting.value.value.search(/[\x00-\x1f\x7f]/);
          if (at < 0 || !literalOf(context.configuration, setting.value)) continue;
          const place = setting.place(at, at + 1);
          const escape = sourceOf(context.configuration, place);
          if (!/^\\[abfnrtv]$/.test(escape)) continue;
          context.report({
            message: `Lua takes \`${escape}\` in \`${setting.name}\` for ${MEANING[escape[1]!]}`,
            why: `The directory refuses the account of the service. ${failure(way, 'Invalid credentials')}`,
            help: 'Write the backslash twice.',
            at: place,
            fix: fixOf(context, setting),
          });
        }
      }
    },
  },
};

const MEANING: Readonly<Record<string, string>> = {
  a: 'the bell',
  b: 'a backspace',
  f: 'a form feed',
  n: 'a line break',
  r: 'a carriage return',
  t: 'a tab',
  v: 'a vertical tab',
};

/** Every one of them doubled. */
function fixOf({ configuration }: RuleContext, { value, place }: AccessSetting): Fix | null {
  if (value.kind !== 'string') return null;
  const edits = [...value.value.matchAll(/[\x00-\x1f\x7f]/g)].flatMap(match => {
    const { file, start, end } = place(match.index, match.index + 1);
    const escape = sourceOf(configuration, { file, start, end });
    return /^\\[abfnrtv]$/.test(escape) ? [{ file, start, end: start, text: '\\' }] : [];
  });
  return { title: 'Double the backslash', safety: 'unsafe', ...editsOnly(edits) };
}
