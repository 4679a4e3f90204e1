import { isSecret } from '../../catalog/index.js';
import { listEntries, type Origin, type Setting, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasLocal } from '../support/names.js';
import { replacement, sourceOf } from '../support/source.js';

export const libraryAsValue: Rule = {
  name: 'library-as-value',
  severity: 'error',
  summary: 'A word without quotes is the name of a part of Lua, so the option is a library or a function.',
  fixable: 'sometimes',
  source: 'core/configmanager.lua: a name that is no option is looked up in _G; 13.0 warns "direct usage of the Lua API"',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.form === 'append') return;
      for (const { value, at, entry } of candidates(setting)) reportLibrary(context, setting, value, at, entry);
    },
  },
};

/** What Lua 5.4 and Prosody have as globals and people write as words. */
const NAMES =
  /^(?:assert|bit32|coroutine|debug|dofile|error|getmetatable|hosts|io|ipairs|load|loadfile|log|math|next|os|package|pairs|pcall|print|prosody|rawequal|rawget|rawlen|rawset|require|select|setmetatable|string|table|tonumber|tostring|type|unpack|utf8|warn|xpcall|_G)$/;

interface Candidate {
  readonly value: Value;
  readonly at: Origin;
  readonly entry: boolean;
}

/** The value itself, and the entries of a table that is written here. */
function candidates({ value, valueOrigin }: Setting): Candidate[] {
  const own = { value, at: valueOrigin, entry: false };
  if (value.kind !== 'table' || value.proxy) return [own];
  const suspects = [...value.table.entries.values()].filter(entry => isSuspect(entry.value));
  if (suspects.length === 0) return [own];
  const list = new Set(listEntries(value));
  const entries = suspects.flatMap(entry => {
    const { origin, keyOrigin } = entry;
    if (!origin || origin.file !== valueOrigin.file || origin.start < valueOrigin.start || origin.end > valueOrigin.end)
      return [];
    return [{ value: entry.value, at: keyOrigin ? { ...origin, start: keyOrigin.end } : origin, entry: list.has(entry) }];
  });
  return [own, ...entries];
}

function isSuspect({ kind }: Value): boolean {
  return kind === 'function' || kind === 'table';
}

function reportLibrary(context: RuleContext, setting: Setting, value: Value, around: Origin, entry: boolean): void {
  if (!isSuspect(value)) return;
  const { configuration } = context;
  const source = sourceOf(configuration, around);
  const [, before = '', name = ''] = /^([\s=\]]*)([A-Za-z_][A-Za-z0-9_]*)\s*$/.exec(source) ?? [];
  const document = configuration.documents.get(around.file);
  if (!NAMES.test(name) || !document || hasLocal(document, name)) return;
  const start = around.start + before.length;
  const at = { file: around.file, start, end: start + name.length };
  const what = value.kind === 'table' ? 'a library' : 'a function';
  context.report({
    message: `\`${name}\` is not in quotes, so it is ${what} of Lua and no text`,
    why: entry
      ? `The list has ${what} where a name should be; Prosody fails on it or passes it over.`
      : `\`${setting.name}\` has ${what} for its value. Prosody fails when it uses it, or goes on as if nothing were set.`,
    help: `Put quotes around \`${name}\`.`,
    at,
    fix: isSecret(setting.name) ? null : replacement(`Put quotes around \`${name}\``, 'unsafe', at, `"${name}"`),
  });
}
