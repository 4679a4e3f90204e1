import { components, hosts, type Opening, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOrderDependent } from '../support/order.js';

export const duplicateHost: Rule = {
  name: 'duplicate-host',
  severity: 'warning',
  summary: 'A virtual host or component is written twice, each time with what it needs; the two are mixed together.',
  fixable: 'never',
  source: 'core/configmanager.lua: opening a host again goes on with it, and each option keeps its last value',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const section of [...hosts(context.configuration), ...components(context.configuration)]) check(context, section);
    },
  },
};

/** From so many options that both parts set on, the second is a copy, and not a supplement. */
const COPY = 2;

function check(context: RuleContext, section: Section): void {
  const openings = section.openings.filter(opening => opening.doubt === undefined);
  const [first] = openings;
  const last = openings.at(-1);
  if (!first || !last || first === last || samePlace(first, last)) return;
  const doubled = [...section.options.values()].filter(
    option => option.overrode.length > 0 && option.setting.form !== 'opening' && option.setting.form !== 'append',
  );
  // values that differ are told one by one: within a file as duplicates, in files of one folder as a matter of order
  if (doubled.length < COPY || doubled.some(isOrderDependent)) return;
  // another spelling, another module: that is the mistake
  if (openings.some(({ written, module }) => written !== first.written || module?.name !== first.module?.name)) return;
  const across = doubled.filter(({ setting, overrode }) =>
    overrode.every(earlier => earlier.origin.file !== setting.origin.file),
  );
  const same = doubled.every(({ value, overrode }) =>
    overrode.every(earlier => sameText(context, earlier.valueOrigin, value.origin)),
  );
  if (!same && across.length < COPY) return;
  context.report({
    message: `\`${section.name}\` is written a second time${last.origin.file === first.origin.file ? '' : ' in another file'}, with ${doubled.length} of its options`,
    why: same
      ? 'Both say the same now; whoever changes the first will see no effect.'
      : 'Prosody mixes the two: of each option the last value counts.',
    help: 'Keep one of the two.',
    at: last.nameOrigin,
    related: [{ message: 'first here', at: first.nameOrigin }],
  });
}

function samePlace(a: Opening, b: Opening): boolean {
  return a.origin.file === b.origin.file && a.origin.start === b.origin.start;
}

function sameText({ configuration }: RuleContext, a: Opening['origin'], b: Opening['origin'] | null): boolean {
  if (!b) return false;
  const text = (at: Opening['origin']) => configuration.documents.get(at.file)?.text.slice(at.start, at.end).replace(/\s+/g, ' ');
  return text(a) === text(b);
}
