import { nearestName } from '../../catalog/index.js';
import { GLOBAL, getEntry, type Origin, openReason, type Setting, type TableValue, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { whole } from '../support/settings.js';
import { replacement, sourceOf } from '../support/source.js';

export const malformedLog: Rule = {
  name: 'malformed-log',
  severity: 'warning',
  summary: '`log` names a level or a sink that there is none of, so nothing is logged there.',
  fixable: 'sometimes',
  source: 'core/loggingmanager.lua: apply_sink_rules, add_rule, get_levels and log_to_file',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.name !== 'log' || setting.scope !== GLOBAL || !whole(context, setting)) return;
      const { value, valueOrigin } = setting;
      if (value.kind === 'string') judgeSink(context, value, /^\*(.*)/s.exec(value.value)?.[1], valueOrigin);
      else if (value.kind === 'table' && value.origin && !value.proxy) judgeTable(context, setting, value);
      else if (value.kind === 'number' || (value.kind === 'boolean' && value.value))
        context.report({
          message: `\`log\` is a ${value.kind}, but should be a text or a table`,
          why: 'Prosody finds no sink in it and logs nothing at all.',
          help: 'Write a file name, "*syslog", or a table: log = { info = "/var/log/prosody/prosody.log" }.',
          at: valueOrigin,
        });
    },
  },
};

const LEVELS = ['debug', 'info', 'warn', 'error'];
const SINKS = ['console', 'stdout', 'file', 'syslog', 'nowhere'];
/** What other programs call the levels. */
const ALIASES: Readonly<Record<string, string>> = { warning: 'warn', err: 'error', trace: 'debug', notice: 'info' };

function judgeTable(context: RuleContext, setting: Setting, log: TableValue): void {
  for (const [key, { value, origin, keyOrigin }] of log.table.entries) {
    const at = value.origin ?? origin ?? setting.valueOrigin;
    if (typeof key === 'number') judgeRule(context, value, at);
    else if (typeof key !== 'string') continue;
    else if (!LEVELS.includes(key)) reportLevel(context, key, keyOrigin ?? at, 'key');
    else if (value.kind === 'string') judgeSink(context, value, /^\*(.*)/s.exec(value.value)?.[1], at);
    else if (value.kind !== 'unknown')
      context.report({
        message: `\`log.${key}\` is a ${value.kind}, but should be a text`,
        why: 'Prosody passes it over: nothing of this level is logged here.',
        help: 'Write a file name, or "*syslog" or "*console".',
        at,
      });
  }
}

function judgeRule(context: RuleContext, value: Value, at: Origin): void {
  if (value.kind === 'string') {
    if (value.value.startsWith('*')) judgeSink(context, value, value.value.slice(1), at);
    else
      context.report({
        message: 'a file name without a level logs nothing',
        why: 'In the list Prosody looks for names of sinks such as "*console" only; a file needs a level as its key.',
        help: 'Write info = "/path/prosody.log", or { to = "file"; filename = "/path/prosody.log" }.',
        at,
      });
    return;
  }
  if (value.kind !== 'table' || openReason(value)) return;
  const to = getEntry(value, 'to')?.value;
  if (!to)
    context.report({
      message: 'this rule has no `to`, so it logs nowhere',
      why: 'Prosody passes a rule without a sink over, and says nothing.',
      help: 'Add to = "file" and filename = "…", or to = "syslog".',
      at,
    });
  else if (to.kind === 'string') {
    judgeSink(context, to, to.value, to.origin ?? at);
    const filename = getEntry(value, 'filename')?.value;
    if (to.value === 'file' && !filename) reportNoFile(context, at);
  }
  judgeLevels(context, getEntry(value, 'levels')?.value, at);
}

function judgeLevels(context: RuleContext, levels: Value | undefined, at: Origin): void {
  const named = levels?.kind === 'table' ? [...levels.table.entries] : levels ? [[1, { value: levels }] as const] : [];
  for (const [key, { value }] of named) {
    if (value.kind !== 'string' || LEVELS.includes(value.value)) continue;
    // a level of its own can be named, for a module that logs with it; a range knows the four only
    if (key === 'min' || key === 'max' || meantLevel(value.value)) reportLevel(context, value.value, value.origin ?? at, 'value');
  }
}

function judgeSink(context: RuleContext, value: Value, sink: string | undefined, at: Origin): void {
  if (sink === undefined || SINKS.includes(sink)) {
    // "*file" has no name of a file
    if (sink === 'file' && value.kind === 'string' && value.value === '*file') reportNoFile(context, at);
    return;
  }
  const meant = nearestName(sink, SINKS);
  // modules may add sinks of their own
  if (!meant) return;
  context.report({
    message: `\`${sink}\` is no sink; did you mean \`${meant}\`?`,
    why: 'Prosody has no such sink and logs nothing there, without a word.',
    help: 'Sinks are console, stdout, file, syslog and nowhere.',
    at,
    fix: renameIn(context, at, sink, meant),
  });
}

function reportNoFile({ report }: RuleContext, at: Origin): void {
  report({
    severity: 'error',
    message: 'a log file has no name',
    why: 'Prosody opens the file when it starts and fails with "bad argument #1 to \'io_open\'".',
    help: 'Add filename = "/var/log/prosody/prosody.log".',
    at,
  });
}

function reportLevel(context: RuleContext, level: string, at: Origin, use: 'key' | 'value'): void {
  const meant = meantLevel(level);
  context.report({
    message: `\`${level}\` is no level of the log${meant ? `; did you mean \`${meant}\`?` : ''}`,
    why: use === 'key' ? 'Prosody passes the entry over: nothing is logged there.' : 'Prosody logs nothing of that level.',
    help: 'Levels are debug, info, warn and error.',
    at,
    fix: meant ? renameIn(context, at, level, meant) : null,
  });
}

function meantLevel(level: string): string | undefined {
  return ALIASES[level] ?? nearestName(level, LEVELS);
}

/** Another word in its place, quotes and star kept. */
function renameIn({ configuration }: RuleContext, at: Origin, word: string, meant: string) {
  const source = sourceOf(configuration, at);
  const start = source.indexOf(word);
  if (start < 0 || start > 2) return null;
  const place = { file: at.file, start: at.start + start, end: at.start + start + word.length };
  return replacement(`Write \`${meant}\``, 'unsafe', place, meant);
}
