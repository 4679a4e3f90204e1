import { findOption, isSecret, type OptionInfo, type OptionReader } from '../../catalog/index.js';
import { GLOBAL, type Setting, type Value } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Misread, misread } from '../support/getters.js';
import { misreadList, misreadPorts } from '../support/list-options.js';
import { misreadRaw, SPECIAL } from '../support/raw-options.js';
import { inside, whole } from '../support/settings.js';
import { literalOf, replacement } from '../support/source.js';

export const wrongOptionType: Rule = {
  name: 'wrong-option-type',
  severity: 'warning',
  summary: 'The value of an option is of the wrong type, out of range, or has a unit that Prosody does not understand.',
  fixable: 'sometimes',
  source:
    'core/moduleapi.lua: what get_option_boolean, _number, _integer, _period, _enum, _string, _array and _set make of a value; core/portmanager.lua',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (ELSEWHERE.has(setting.name) || !whole(context, setting)) return;
      const option = findOption(setting.name, context.version);
      // what stands where nobody reads it is misplaced, and told as that
      if (!option || (option.scope === 'global' && setting.scope !== GLOBAL)) return;
      const found = judge(context, option, setting.value);
      if (!found) return;
      const at = inside(setting.valueOrigin, found.at) ?? setting.valueOrigin;
      context.report({
        severity: found.severity,
        message: `\`${setting.name}\` ${found.message}`,
        why: found.why,
        help: found.help,
        at,
        related: found.at && at !== found.at ? [{ message: 'it comes from here', at: found.at }] : [],
        fix: fixOf(context, setting, found),
      });
    },
  },
};

/** They have rules of their own, which know more. */
const ELSEWHERE = new Set([
  'authentication',
  'certificates',
  'component_module',
  'data_path',
  'disco_items',
  'error_library',
  'gc',
  'installer_plugin_path',
  'ldap',
  'limits',
  'log',
  'modules_disabled',
  'modules_enabled',
  'network_backend',
  'network_settings',
  'plugin_paths',
  'storage',
  'tls_profile',
  'umask',
  'unbound',
]);

function judge({ version }: RuleContext, option: OptionInfo, value: Value): Misread | null {
  if (option.obsolete || option.deprecated) return null;
  const shown = (part: Value) => display(option, part);
  if (option.type === 'port-list') return misreadPorts(value, shown);
  // core/*.lua reads it as it stands, whatever getters modules use
  const raw = option.readers.some(({ getter, module }) => getter === 'raw' && /^(?:core|net)\./.test(module));
  const readers = raw && option.type === 'boolean' ? [] : readersOf(option);
  const own = SPECIAL[option.name]?.(value, version, shown);
  if (own !== undefined) return own;
  if (readers.length === 0) return misreadRaw(option, value);
  const lists = readers.map(({ getter }) => LISTS[getter]);
  if (lists.every(list => list !== undefined))
    return misreadList(
      value,
      lists.every(list => list === 'set'),
      shown,
    );
  const all = readers.map(reader => misread(value, { reader, version, shown }));
  // what one of them takes is right for that one, and who of them is meant cannot be told
  return all.every(found => found !== null) ? (all[0] ?? null) : null;
}

const LISTS: Readonly<Record<string, 'list' | 'set'>> = { array: 'list', set: 'set', inherited_set: 'set' };

/** Who reads it and says as what; Prosody's own modules before those of others. prosodyctl only looks. */
function readersOf({ readers }: OptionInfo): readonly OptionReader[] {
  const servers = readers.filter(({ module }) => !module.includes('prosodyctl'));
  const own = servers.filter(({ source }) => source === 'prosody' || source === 'core');
  const asked = own.length > 0 ? own : servers;
  const typed = asked.filter(({ getter }) => !UNTYPED.has(getter));
  return typed.length === asked.length || own.length > 0 ? typed : [];
}

const UNTYPED = new Set(['any', 'raw', 'scalar']);

function display({ name, secret }: OptionInfo, value: Value): string {
  if (secret || isSecret(name)) return 'a value';
  if (value.kind === 'string') return JSON.stringify(value.value);
  if (value.kind === 'number' || value.kind === 'boolean') return String(value.value);
  return `a ${value.kind}`;
}

function fixOf({ configuration }: RuleContext, setting: Setting, { at, fix }: Misread): Fix | null {
  const here = at && inside(setting.valueOrigin, at);
  if (fix === undefined || !here) return null;
  const value = setting.value.origin === at ? setting.value : null;
  // only a literal that stands here can be rewritten here
  if (value?.kind === 'string' && !literalOf(configuration, value)) return null;
  return replacement(`Write ${fix}`, 'unsafe', here, fix);
}
