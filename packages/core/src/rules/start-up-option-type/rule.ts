import { nearestName } from '../../catalog/index.js';
import { GLOBAL, listEntries, type Setting, type TableValue, type Value } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { inside, whole } from '../support/settings.js';
import { literalOf, replacement, sourceOf } from '../support/source.js';
import { listWords } from '../support/words.js';

export const startUpOptionType: Rule = {
  name: 'start-up-option-type',
  severity: 'error',
  summary: 'An option that the server itself reads is of a type with which it does not start.',
  fixable: 'sometimes',
  source:
    'util/startup.lua (table.concat, umask), util/paths.lua:12, core/certmanager.lua, util/gc.lua, net/server.lua, net/unbound.lua: values are used as they stand; recorded with prosodyctl of 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const judge = Object.hasOwn(OPTIONS, setting.name) ? OPTIONS[setting.name] : undefined;
      if (setting.scope !== GLOBAL || !judge || !whole(context, setting)) return;
      const { value } = setting;
      // what counts as not set leaves the default
      if (value.kind === 'unknown' || value.kind === 'nil' || (value.kind === 'boolean' && !value.value)) return;
      judge(context, setting, value);
    },
  },
};

type Judge = (context: RuleContext, setting: Setting, value: Value) => void;

const path: Judge = (context, setting, value) => {
  if (value.kind === 'string') return;
  const only = value.kind === 'table' && value.table.entries.size === 1 ? listEntries(value)[0]?.value : undefined;
  const isText = only?.kind === 'string' && literalOf(context.configuration, only);
  report(context, setting, {
    message: `is a ${value.kind}, but should be a path`,
    why: `attempt to ${value.kind === 'table' ? "call a nil value (method 'gsub')" : `index a ${value.kind} value`}`,
    help: 'Write the path in quotes, without braces.',
    fix: isText ? rewrite(setting, value, sourceOf(context.configuration, only.origin!)) : null,
  });
};

const table: Judge = (context, setting, value) => {
  if (value.kind === 'table' || (value.kind === 'string' && setting.name === 'error_library')) return;
  report(context, setting, {
    message: `is a ${value.kind}, but should be a table`,
    why: value.kind === 'string' ? 'table expected, got string' : `attempt to index a ${value.kind} value`,
    help: 'Write a table: { key = value }.',
    fix: null,
  });
};

const text: Judge = (context, setting, value) => {
  if (value.kind === 'string' || value.kind === 'number') return;
  report(context, setting, {
    message: `is a ${value.kind}, but should be a text`,
    why: `string expected, got ${value.kind}`,
    help: 'Write it in quotes: umask = "027".',
    fix: null,
  });
};

const OPTIONS: Readonly<Record<string, Judge>> = {
  plugin_paths: judgePluginPaths,
  installer_plugin_path: path,
  data_path: path,
  certificates: path,
  network_backend: judgeBackend,
  network_settings: table,
  error_library: table,
  unbound: table,
  umask: text,
  gc: (context, setting, value) =>
    value.kind === 'table' ? judgeCollector(context, setting, value) : table(context, setting, value),
};

function judgePluginPaths(context: RuleContext, setting: Setting, value: Value): void {
  if (value.kind === 'table') {
    for (const entry of listEntries(value)) {
      const { kind } = entry.value;
      if (kind === 'string' || kind === 'number' || kind === 'unknown' || kind === 'nil') continue;
      report(context, setting, {
        message: `has a ${kind} among the paths`,
        why: `invalid value (${kind}) at index`,
        help: 'Write each path in quotes.',
        fix: null,
        at: entry.origin ?? undefined,
      });
    }
    return;
  }
  const source = literalOf(context.configuration, value) && sourceOf(context.configuration, value.origin!);
  report(context, setting, {
    message: `is a ${value.kind}, but should be a list of paths`,
    why: `bad argument #1 to 'concat' (table expected, got ${value.kind})`,
    help: 'Put braces around it: plugin_paths = { "/path" }.',
    fix: source && !/[:;,]/.test(source) ? rewrite(setting, value, `{ ${source} }`) : null,
  });
}

const BACKENDS = ['epoll', 'event', 'select'];

function judgeBackend(context: RuleContext, setting: Setting, value: Value): void {
  if (value.kind === 'string' && BACKENDS.includes(value.value)) return;
  const meant = value.kind === 'string' ? nearestName(value.value, BACKENDS) : undefined;
  report(context, setting, {
    message:
      value.kind === 'string'
        ? `is ${JSON.stringify(value.value)}, which is none of ${listWords(BACKENDS)}`
        : `is a ${value.kind}`,
    why:
      value.kind === 'string' ? `module 'net.server_${value.value}' not found` : `attempt to concatenate a ${value.kind} value`,
    help: `Write "${meant ?? 'epoll'}"${meant ? '' : ', or remove the option'}.`,
    fix: meant && literalOf(context.configuration, value) ? rewrite(setting, value, `"${meant}"`) : null,
  });
}

const COLLECTORS: Readonly<Record<string, readonly string[]>> = {
  incremental: ['mode', 'threshold', 'speed', 'step_size'],
  generational: ['mode', 'minor_threshold', 'major_threshold'],
};

/** util/gc.lua refuses the whole table, and the server goes on with Lua's own settings. */
function judgeCollector(context: RuleContext, setting: Setting, gc: TableValue): void {
  const mode = gc.table.entries.get('mode')?.value;
  if (gc.proxy || (mode && mode.kind !== 'string')) return;
  const keys = COLLECTORS[mode?.value ?? 'incremental'];
  const wrong = keys ? [...gc.table.entries].find(([key]) => !keys.includes(String(key))) : undefined;
  if (keys && !wrong) return;
  context.report({
    severity: 'warning',
    message: wrong
      ? `\`gc\` has no setting \`${wrong[0]}\` in this mode`
      : `\`gc.mode\` is ${JSON.stringify(mode?.value)}, which is no mode`,
    why: 'Prosody logs "Failed to apply GC configuration" and uses none of the settings.',
    help: keys ? `Settings are ${listWords(keys)}.` : 'Modes are "incremental" and "generational".',
    at: wrong?.[1].keyOrigin ?? wrong?.[1].origin ?? mode?.origin ?? setting.valueOrigin,
  });
}

interface Found {
  readonly message: string;
  /** The error that Prosody ends with. */
  readonly why: string;
  readonly help: string;
  readonly fix: Fix | null;
  readonly at?: Setting['origin'] | undefined;
}

function report(context: RuleContext, setting: Setting, { message, why, help, fix, at }: Found): void {
  context.report({
    message: `\`${setting.name}\` ${message}`,
    why: `Prosody does not start: it ends with "${why}", and does not say which option it is.`,
    help,
    at: at ?? inside(setting.valueOrigin, setting.value.origin) ?? setting.valueOrigin,
    fix,
  });
}

function rewrite(setting: Setting, value: Value, source: string): Fix | null {
  const at = inside(setting.valueOrigin, value.origin);
  return at && replacement(`Write ${source}`, 'safe', at, source);
}
