import { type Configuration, type FileSystem, load, type Operation, Overlay, type Secrets } from '@prosodist/core';
import { type ChangeOptions, deliver, type Explanation } from './change.js';
import { type Context, contextOf, type GlobalOptions, learnTree, openTarget, type Target } from './context.js';
import type { Io } from './io.js';
import { operate } from './operate.js';
import { lintSettings, prosodyOf, type SettingsOptions, settingsEntry, settingsFor } from './settings.js';
import { CommandError, STATUS } from './status.js';
import { visible } from './visible.js';
import { settle } from './writing.js';

/** The options that every command has that asks for operations. */
export interface CommandOptions extends GlobalOptions, ChangeOptions, SettingsOptions {}

/** What a command asks for, and of which tree. */
export interface Asked {
  readonly operations: readonly Operation[];
  /** The tree's path, as it was given. */
  readonly entry: string | undefined;
  /** What to say when there is no such tree: the word may have been meant otherwise. */
  readonly hint?: string;
  /** What else is to be told of the change, made of the tree as it is and as it would be. */
  readonly explain?: (before: Configuration, after: Configuration) => Explanation;
}

/**
 * Does what a command asks for: prints the diff, or writes with `--write`, or only says with `--check`. Statuses: 0 nothing to
 * change, or written; 1 something would change; 2 wrong use; 3 an operation was refused; 4 a file changed meanwhile.
 */
export async function changeBy(
  io: Io,
  options: CommandOptions,
  ask: (context: Context) => Asked | Promise<Asked>,
): Promise<number> {
  const given = contextOf(io, options);
  const { operations, entry, hint, explain } = await ask(given);
  if (entry === '-') throw new CommandError('a change needs files; name the file or folder of the configuration instead of `-`');
  const settings = settingsFor(io, entry, options);
  const context = { ...given, prosody: prosodyOf(options.prosody, settings, given.prosody) };
  for (const operation of operations) learn(context.secrets, operation);
  const target = open(context, entry, settingsEntry(io, settings), hint);
  settle(context, target, options.write);
  const overlay = new Overlay(target.files);
  learnTree(context, target.files, target);
  const outcomes = operate(context, target, overlay, operations);
  const judging = lintSettings(io, settings, options);
  const read = (files: FileSystem) => load(files, target.entry, { prosody: context.prosody });
  const explanation = explain?.(read(target.files), read(overlay.files));
  const change = { ...overlay.planned(), applied: [], outcomes, judging, ...(explanation && { explanation }) };
  const changed = deliver(context, target, overlay, change, options);
  return changed && !options.write ? STATUS.findings : STATUS.ok;
}

function open(context: Context, entry: string | undefined, usual: string | undefined, hint: string | undefined): Target {
  try {
    return openTarget(context, entry, undefined, usual);
  } catch (error) {
    if (hint === undefined || !CommandError.is(error)) throw error;
    throw new CommandError(visible(`${error.message} (${hint})`), error.status);
  }
}

/** An operation may bring a secret that no file has yet. */
function learn(secrets: Secrets, operation: Operation): void {
  switch (operation.op) {
    case 'set':
      secrets.learnOption(operation.value, operation.name);
      break;
    case 'list.add':
    case 'list.remove':
    case 'list.set':
      secrets.learnOption(operation.items, operation.name);
      break;
    case 'table.set':
    case 'table.match': {
      const [option, ...keys] = operation.path;
      const values = operation.op === 'table.set' ? [operation.value] : [operation.where, operation.set];
      for (const value of values) secrets.learnOption(value, String(option), keys);
      break;
    }
    case 'ensure.host':
    case 'ensure.component':
      for (const [name, value] of Object.entries(operation.options ?? {})) secrets.learnOption(value, name);
      break;
    case 'ensure.file':
      secrets.learnText(operation.text);
      break;
  }
}
