import {
  GLOBAL,
  get,
  getEntry,
  type Origin,
  openReason,
  type Setting,
  type TableValue,
  type Value,
} from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { whole } from '../support/settings.js';
import { literalOf, replacement } from '../support/source.js';

export const malformedLimits: Rule = {
  name: 'malformed-limits',
  severity: 'warning',
  summary: '`limits` has a shape or a unit that mod_limits does not understand.',
  fixable: 'sometimes',
  source: 'plugins/mod_limits.lua: parse_rate and parse_burst',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.name !== 'limits' || setting.scope !== GLOBAL || !whole(context, setting)) return;
      if (setting.value.kind === 'table') judgeTable(context, setting, setting.value);
      else if (setting.value.kind !== 'unknown' && setting.value.kind !== 'nil')
        context.report({
          severity: 'error',
          message: `\`limits\` is a ${setting.value.kind}, but should be a table`,
          why: 'mod_limits fails when it starts: there are no limits at all.',
          help: 'Write limits = { c2s = { rate = "10kb/s" } }.',
          at: setting.valueOrigin,
        });
    },
  },
};

function judgeTable(context: RuleContext, setting: Setting, limits: TableValue): void {
  if (limits.proxy || !limits.origin) return;
  for (const [key, { value, origin }] of limits.table.entries) {
    const at = origin ?? setting.valueOrigin;
    if (key === 'rate' || key === 'burst')
      context.report({
        message: `\`limits.${key}\` is not inside a kind of connection`,
        why: 'mod_limits takes it for a kind of connection of that name, which there is none of: it limits nothing.',
        help: `Write limits = { c2s = { ${key} = … }; s2sin = { ${key} = … } }.`,
        at,
      });
    else if (typeof key === 'string' && !KINDS.has(key))
      context.report({
        message: `\`${key}\` is no kind of connection that can be limited`,
        why: 'mod_limits looks for the kinds c2s, s2sin, s2sout and component; this entry limits nothing.',
        help: 'Use c2s, s2sin, s2sout or component.',
        at,
      });
    else if (value.kind === 'table') judgeKind(context, String(key), value, at);
    else if (value.kind !== 'unknown')
      context.report({
        severity: value.kind === 'string' ? 'warning' : 'error',
        message: `\`limits.${String(key)}\` is a ${value.kind}, but should be a table`,
        why:
          value.kind === 'string'
            ? 'mod_limits finds no rate in it, logs an error and uses 3000 bytes per second.'
            : 'mod_limits fails when it starts: there are no limits at all.',
        help: `Write ${String(key)} = { rate = "10kb/s"; burst = "2s" }.`,
        at,
      });
  }
}

/** session.type up to its first underscore. */
const KINDS = new Set(['c2s', 's2sin', 's2sout', 'component']);

function judgeKind(context: RuleContext, kind: string, table: TableValue, at: Origin): void {
  if (openReason(table)) return;
  const rate = getEntry(table, 'rate');
  if (!rate)
    context.report({
      message: `\`limits.${kind}\` has no \`rate\``,
      why: 'mod_limits logs "Error parsing rate" and uses 3000 bytes per second.',
      help: 'Add rate = "10kb/s", or what fits.',
      at,
    });
  else judgeRate(context, kind, rate.value, rate.value.origin ?? rate.origin ?? at);
  judgeBurst(context, kind, get(table, 'burst'), getEntry(table, 'burst')?.origin ?? at);
}

function judgeRate(context: RuleContext, kind: string, value: Value, at: Origin): void {
  if (value.kind === 'unknown') return;
  if (value.kind !== 'string') {
    context.report({
      severity: 'error',
      message: `the rate of \`limits.${kind}\` is a ${value.kind}, but should be a text with a unit`,
      why: 'mod_limits fails when it starts, with "attempt to index a … value": there are no limits at all.',
      help: 'Write a text such as "10kb/s".',
      at,
    });
    return;
  }
  const [, , unit = ''] = /^(\d+) ?([^/]+)\/s$/.exec(value.value) ?? [];
  if (/^[bkmgt]/i.test(unit)) return;
  context.report({
    message: `the rate ${JSON.stringify(value.value)} is not understood`,
    why: 'mod_limits logs "Error parsing rate" and uses 3000 bytes per second.',
    help: 'Write a whole number, a unit (b, kb, mb, gb) and /s: "10kb/s".',
    at,
    fix: fixOf(context, value, at),
  });
}

function fixOf({ configuration }: RuleContext, value: Value, at: Origin): Fix | null {
  if (value.kind !== 'string' || !literalOf(configuration, value) || value.origin !== at) return null;
  const [, count, unit] = /^\s*(\d+)\s*([kmgt]?b)(?:\/?p?s|\/sec(?:ond)?)?\s*$/i.exec(value.value) ?? [];
  return count && unit ? replacement(`Write "${count}${unit}/s"`, 'unsafe', at, `"${count}${unit}/s"`) : null;
}

function judgeBurst(context: RuleContext, kind: string, value: Value, at: Origin): void {
  if (value.kind === 'nil' || value.kind === 'unknown' || value.kind === 'number') return;
  if (value.kind === 'string' && /^\d+ ?s$/.test(value.value)) return;
  context.report({
    message: `the burst of \`limits.${kind}\` is not understood`,
    why: 'mod_limits logs "Unable to parse burst" and uses 2 seconds.',
    help: 'Write a number of seconds, or a text such as "2s".',
    at: value.origin ?? at,
  });
}
