import { listEntries, openReason, type Setting, type Value } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { inside, whole } from '../support/settings.js';
import { literalOf, replacement, sourceOf } from '../support/source.js';

export const invalidDiscoItems: Rule = {
  name: 'invalid-disco-items',
  severity: 'error',
  summary: 'An entry of `disco_items` is no pair of an address and a name.',
  fixable: 'sometimes',
  source:
    'plugins/mod_disco.lua: "option disco_items is malformed"; util/prosodyctl/check.lua of 13.0: "have an invalid \'disco_items\' option"',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.name !== 'disco_items' || !whole(context, setting)) return;
      const { value } = setting;
      if (value.kind === 'table') {
        if (value.proxy) return;
        for (const { value: item, origin } of listEntries(value)) judge(context, setting, item, origin ?? setting.valueOrigin);
      } else judge(context, setting, value, setting.valueOrigin);
    },
  },
};

function judge(context: RuleContext, setting: Setting, item: Value, at: Setting['origin']): void {
  const problem = problemOf(item);
  if (!problem) return;
  context.report({
    message: `an entry of \`disco_items\` is ${problem}`,
    why: 'mod_disco logs "option disco_items is malformed" and then tells clients of none of the entries; 0.12’s `prosodyctl check config` fails on it.',
    help: 'Write a table for each service: disco_items = { { "conference.example.com"; "Rooms" } }.',
    at,
    fix: fixOf(context, setting, item),
  });
}

function problemOf(item: Value): string | undefined {
  if (item.kind === 'unknown' || item.kind === 'nil') return undefined;
  if (item.kind !== 'table') return item.kind === 'boolean' && !item.value ? undefined : `a ${item.kind}, not a table`;
  if (item.proxy || openReason(item) !== undefined) return undefined;
  const [first, second] = [item.table.entries.get(1)?.value, item.table.entries.get(2)?.value];
  if (first?.kind === 'unknown' || (first?.kind === 'nil' && first.unset)) return undefined;
  if (first?.kind !== 'string') return 'a table whose first entry is no address';
  const isName = !second || ['string', 'nil', 'unknown'].includes(second.kind) || (second.kind === 'boolean' && !second.value);
  return isName ? undefined : 'a table whose second entry is no name';
}

/** A lone address is put into a table; which of two texts are the address and its name nobody can tell. */
function fixOf({ configuration }: RuleContext, { value, valueOrigin }: Setting, item: Value): Fix | null {
  const all = value.kind === 'table' ? listEntries(value).map(entry => entry.value) : [value];
  const isAddress = (text: Value) => text.kind === 'string' && /^[^\s]+\.[^\s]+$/.test(text.value);
  if (!all.every(text => text.kind === 'table' || isAddress(text)) || !literalOf(configuration, item)) return null;
  const at = inside(valueOrigin, item.origin);
  if (!at) return null;
  const source = sourceOf(configuration, at);
  return replacement('Write a table for it', 'safe', at, value.kind === 'table' ? `{ ${source} }` : `{ { ${source} } }`);
}
