import { changesOf, type Finding, type FixResult, fixAll, nearestNames, Overlay, RULES, type Severity } from '@prosodist/core';
import { type ChangeOptions, deliver } from '../change.js';
import { type Context, contextOf, type GlobalOptions, learnTree, openTarget, type Target } from '../context.js';
import type { Io } from '../io.js';
import { operate } from '../operate.js';
import { counted, reaches } from '../report.js';
import { lintSettings, prosodyOf, type SettingsOptions, settingsEntry, settingsFor } from '../settings.js';
import { CommandError, STATUS } from '../status.js';
import { shownPath, visible } from '../visible.js';
import { settle } from '../writing.js';

export interface CommandOptions extends GlobalOptions, ChangeOptions, SettingsOptions {
  readonly unsafe?: boolean;
  readonly rule?: readonly string[];
  /** Empty when no host was named. */
  readonly addLdap2?: string;
  readonly failOn: Severity;
}

/**
 * `prosodist fix`: takes fixes. Statuses: 0 nothing to fix, or written; 1 something to fix that was not written, or
 * findings at the threshold that remain; 2 wrong use; 3 `--add-ldap2` was refused; 4 a file changed meanwhile.
 */
export async function fix(io: Io, [path]: readonly string[], options: CommandOptions): Promise<number> {
  const rules = knownRules(options.rule ?? []);
  const found = settingsFor(io, path, options);
  const given = contextOf(io, options);
  const context = { ...given, prosody: prosodyOf(options.prosody, found, given.prosody) };
  const target = open(context, path, options, settingsEntry(io, found));
  settle(context, target, options.write);
  const wanted = (finding: Finding) => isOfPart(target, finding) && (rules.size === 0 || rules.has(finding.rule));
  const unsafe = options.unsafe === true;
  const judging = lintSettings(io, found, options);
  const settings = {
    prosody: context.prosody,
    complete: target.complete,
    ...judging,
    unsafe,
    choices: [...rules],
    only: wanted,
  };
  const overlay = new Overlay(target.files);
  learnTree(context, target.files, target);

  const results = [take(context, overlay, fixAll(overlay.files, target.entry, settings))];
  const asked = options.addLdap2;
  const operations = asked === undefined ? [] : [{ op: 'add.ldap2' as const, ...(asked !== '' && { host: asked }) }];
  const outcomes = operate(context, target, overlay, operations);
  // the operation may have brought a file into use that has findings of its own
  if (operations.length > 0) results.push(take(context, overlay, fixAll(overlay.files, target.entry, settings)));

  const applied = results.flatMap(result => result.applied);
  const changed = deliver(context, target, overlay, { ...overlay.planned(), applied, outcomes, judging }, options);
  const remaining = results.at(-1)!.after.findings.filter(finding => isOfPart(target, finding));
  if (!changed && !context.json) context.note('nothing to fix');
  if (remaining.length > 0 && !context.json) remind(context, target, remaining, changed && options.write !== true);
  if (!options.write) return changed ? STATUS.findings : STATUS.ok;
  return reaches(remaining, options.failOn) ? STATUS.findings : STATUS.ok;
}

function take(context: Context, overlay: Overlay, result: FixResult): FixResult {
  overlay.apply(changesOf(result));
  if (result.stopped) context.note(`warning: fixing ended early, because fixes go on for ever (${result.stopped})`);
  for (const { rule, at } of result.refused)
    context.note(`warning: a fix of ${rule} in ${visible(shownPath(at.file))} would break the configuration, so it was left out`);
  return result;
}

function open(context: Context, path: string | undefined, { addLdap2 }: CommandOptions, entry: string | undefined): Target {
  if (path === '-') throw new CommandError('fix changes files; to look at a text on standard input, use `prosodist check -`');
  try {
    return openTarget(context, path, undefined, entry);
  } catch (error) {
    if (addLdap2 !== '' || path === undefined || !CommandError.is(error)) throw error;
    throw new CommandError(`${error.message} (a host is named as --add-ldap2=${path})`);
  }
}

function isOfPart({ files, part }: Target, { at }: Finding): boolean {
  return part === null || files.realPath(at.file) === part;
}

function knownRules(names: readonly string[]): ReadonlySet<string> {
  for (const name of names) assertRule(name);
  return new Set(names);
}

/** @throws CommandError that names the nearest rules, when there is none of this name */
export function assertRule(name: string): void {
  const names = RULES.map(rule => rule.name);
  if (names.includes(name)) return;
  const near = nearestNames(name, names);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : '`prosodist rules` lists them';
  throw new CommandError(`there is no rule \`${name}\`; ${hint}`);
}

function remind(context: Context, { entry }: Target, remaining: readonly Finding[], would: boolean): void {
  const count = (severity: Severity) => remaining.filter(finding => finding.severity === severity).length;
  const said = counted({ errors: count('error'), warnings: count('warning'), infos: count('info') });
  context.note(`${said} ${would ? 'would remain' : 'remain'}; \`prosodist check ${shownPath(entry)}\` shows them`);
}
