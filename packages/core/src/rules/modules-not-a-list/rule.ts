import {
  GLOBAL,
  type Key,
  listEntries,
  type Setting,
  type TableEntry,
  type TableValue,
  type Value,
} from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { inside } from '../support/settings.js';
import { literalOf, replacement, sourceOf } from '../support/source.js';

export const modulesNotAList: Rule = {
  name: 'modules-not-a-list',
  severity: 'warning',
  summary: '`modules_enabled` or `modules_disabled` is no list of names, or has an entry that is none.',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua of 13.0: validate_module_list; core/modulemanager.lua: set.new of util/set.lua, which walks the list with ipairs',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const section of context.configuration.sections.values()) {
        for (const name of ['modules_enabled', 'modules_disabled']) {
          const option = section.options.get(name);
          if (option) judge(context, option.setting, option.value);
        }
      }
    },
  },
};

function judge(context: RuleContext, setting: Setting, value: Value): void {
  if (value.kind === 'string') reportString(context, setting, value);
  else if (value.kind === 'number' || value.kind === 'function' || (value.kind === 'boolean' && value.value))
    context.report({
      severity: 'error',
      message: `\`${setting.name}\` is a ${value.kind}, but should be a list of names`,
      why: 'Prosody fails where it loads the modules of a host: "attempt to index".',
      help: `Write ${setting.name} = { "name_of_module"; "another" }.`,
      at: inside(setting.valueOrigin, value.origin) ?? setting.valueOrigin,
    });
  else if (value.kind === 'table' && !value.proxy) judgeTable(context, setting, value);
}

function reportString(context: RuleContext, setting: Setting, value: Value & { kind: 'string' }): void {
  const names = value.value.split(/[\s,;]+/).filter(name => name !== '');
  const isPlain = names.length > 0 && names.every(name => /^[\w-]+$/.test(name)) && literalOf(context.configuration, value);
  const list = `{ ${names.map(name => `"${name}"`).join('; ')} }`;
  context.report({
    severity: 'error',
    message: `\`${setting.name}\` is a text, but should be a list of names`,
    why: `Prosody takes it for an empty list and ${setting.name === 'modules_enabled' ? 'loads' : 'keeps away'} none of these modules; nothing is logged.`,
    help: `Write ${setting.name} = ${isPlain ? list : '{ "name_of_module"; "another" }'}.`,
    at: setting.valueOrigin,
    fix:
      isPlain && inside(setting.valueOrigin, value.origin) ? replacement('Make a list of it', 'safe', value.origin!, list) : null,
  });
}

function judgeTable(context: RuleContext, setting: Setting, table: TableValue): void {
  for (const entry of listEntries(table)) {
    const { kind } = entry.value;
    if (kind === 'string' || kind === 'unknown' || kind === 'nil') continue;
    context.report({
      severity: 'error',
      message: `an entry of \`${setting.name}\` is a ${kind}, but should be the name of a module`,
      why: 'Prosody takes it for a name and fails, or looks for a module that cannot be; `prosodyctl check config` fails on it.',
      help: kind === 'table' ? 'Write all names into one list.' : 'Write the name of a module in quotes.',
      at: placeOf(setting, entry),
    });
  }
  for (const [key, entry] of table.table.entries) if (typeof key !== 'number') reportKeyed(context, setting, key, entry);
  reportGap(context, setting, table);
}

function reportKeyed(context: RuleContext, setting: Setting, key: Key, entry: TableEntry): void {
  const at = placeOf(setting, entry);
  const isSwitch = typeof key === 'string' && entry.value.kind === 'boolean' && entry.value.value;
  const isWritten = isSwitch && /^(?:\w+|\[\s*["'][\w-]+["']\s*\])\s*=\s*true$/.test(sourceOf(context.configuration, at));
  context.report({
    message: `an entry with a key does not count in \`${setting.name}\`, which is a list of names`,
    why: `Prosody reads the entries without a key: ${isSwitch ? `mod_${key} is not ${setting.name === 'modules_enabled' ? 'loaded' : 'kept away'}` : 'this one is passed over'}, and nothing is logged.`,
    help: isSwitch
      ? `Write "${key}".`
      : `Write names alone: { "name_of_module"; "another" }. An option of a module stands outside of the list.`,
    at,
    fix: isWritten ? replacement(`Write "${key}"`, 'safe', at, `"${key}"`) : null,
  });
}

/** Numbered entries behind a number that is left out. A word without quotes leaves such a gap too, and is told as that. */
function reportGap({ configuration, report }: RuleContext, setting: Setting, table: TableValue): void {
  const end = listEntries(table).length;
  const first = [...table.table.entries].find(([key]) => typeof key === 'number' && (key > end || key < 1));
  if (!first || configuration.unsetNames.some(({ origin }) => inside(setting.valueOrigin, origin))) return;
  const { scope } = setting;
  report({
    message: `entries of \`${setting.name}\` stand behind a gap in the list`,
    why: `Prosody reads up to the first number that is missing, here ${end + 1}: the modules behind it are not ${scope === GLOBAL ? 'for any host' : 'for this host'}.`,
    help: 'Write the names without numbers, and no `nil` among them.',
    at: placeOf(setting, first[1]),
  });
}

function placeOf(setting: Setting, { value, origin }: TableEntry) {
  return origin ?? value.origin ?? setting.valueOrigin;
}
