import type { Configuration } from '@prosodist/core';
import type { ConfigDump } from '../support/prosody.js';

/** What of the machine a configuration can depend on, and Lua's words for a syntax error: only then a value may be unknown to us. */
const MACHINE =
  /^the order |^Lua's words for a syntax error|an address|beyond 53 bits|list with holes|the memory|an open file|string keys|holes/;

/** Where our reading and Prosody's differ; empty where they agree. */
export function differences(ours: Configuration, config: string, theirs: ConfigDump, theirConfig: string): string[] {
  // a loop of many thousand turns ends at the bound that hostile input has, and what comes of it is not said
  if (ours.stopped && /^more than \d+ steps$/.test(ours.stopped.reason)) return [];
  const unknown = ours.stopped ? [ours.stopped.reason] : reasonsIn(config);
  const strange = unknown.filter(reason => !MACHINE.test(reason));
  if (strange.length > 0) return [`unknown to us: ${[...new Set(strange)].join('; ')}`];
  const [first] = ours.errors;
  if (!theirs.ok) {
    // where a jump leads is known at the end of its block, which is the line that Lua names
    if (first?.kind === 'syntax' && /<goto>|label/.test(`${theirs.err}${first.message}`)) return [];
    if (first?.kind === 'syntax')
      return same('line of the syntax error', `${first.origin?.file}:${first.luaLine}`, place(theirs.err ?? ''));
    // of a list with holes its length is unknown to us, and so whether sorting it meets a nil
    if (!/ compare /.test(first?.text ?? '') && / compare (?:nil with|\w+ with nil|two nil)/.test(theirs.err ?? '')) return [];
    if (!first) return unknown.length > 0 || doubtful(ours) ? [] : [`we accept it, Prosody says: ${theirs.err}`];
    // an error object that is no text, and a syntax error, which we word in our own way
    if (first.message.startsWith('(error object is') || (first.message === 'nil' && !theirs.err)) return [];
    if (SYNTAX.test(theirs.err ?? '')) return same('place', place(first.text), place(theirs.err ?? ''));
    // Lua 5.4.4, under Prosody 0.12, names another line for a division of two constants
    if (/attempt to (?:divide by zero|perform 'n[%/])/.test(first.message) && (theirs.err ?? '').endsWith(first.message))
      return [];
    return same('error', plain(first.text), plain(theirs.err ?? ''));
  }
  if (first) return [`Prosody accepts it, we say: ${first.text}`];
  const warnings = ours.warnings.filter(warning => !warning.doubt).map(warning => warning.text);
  if (unknown.length > 0) return [];
  return [
    ...same('configuration', config, theirConfig),
    ...(doubtful(ours) ? [] : same('warnings', warnings.join('\n'), theirs.warnings.join('\n'))),
    ...same('files', ours.files.join('\n'), theirs.files.join('\n')),
  ];
}

const SYNTAX = /(?: near (?:'[\s\S]*'|<eof>)|<goto> at line \d+)$/;

function place(message: string): string {
  return /^(.*?:\d+):/.exec(message)?.[1] ?? message;
}

function doubtful(ours: Configuration): boolean {
  return ours.settings.some(setting => setting.doubt !== undefined) || ours.warnings.some(warning => warning.doubt !== undefined);
}

function same(what: string, ours: string, theirs: string): string[] {
  return ours === theirs ? [] : [`${what}: ours\n${ours}\n${what}: Prosody's\n${theirs}`];
}

/** Without the place in Prosody's own source, whose folder is not ours to know. */
function plain(message: string): string {
  return message.replace(/^\S*(?:configmanager|envload|dump-config)\.lua:\d+: /, '');
}

function reasonsIn(config: string): string[] {
  return [...config.matchAll(/"\$type":"unknown","reason":("(?:[^"\\]|\\.)*")/g)].map(match => JSON.parse(match[1]!) as string);
}
