import { changesOf, type Operation, type Outcome, type Overlay, plan, positionAt } from '@prosodist/core';
import type { Context, Target } from './context.js';
import { jsonRange } from './formats/json.js';
import { linesOf } from './lines.js';
import { CommandError, STATUS } from './status.js';
import { shownPath, visible } from './visible.js';

/**
 * Does operations on a tree in memory, each on what the one before left.
 * @throws CommandError with status 3 when one is refused; its reason and place are in the message, and in JSON on stdout
 */
export function operate(context: Context, target: Target, overlay: Overlay, operations: readonly Operation[]): Outcome[] {
  return operations.map(operation => {
    const planned = plan(overlay.files, target.entry, [operation], { prosody: context.prosody });
    const outcome = planned.outcomes[0]!;
    if (!planned.ok) throw refusal(context, overlay, outcome);
    overlay.apply(changesOf(planned));
    return outcome;
  });
}

function refusal(context: Context, overlay: Overlay, { code, why, at }: Outcome): CommandError {
  const textOf = (file: string) => {
    const read = overlay.files.readFile(file);
    return read.ok ? read.text : undefined;
  };
  const reason = context.secrets.hide(why);
  if (context.json) {
    const places = at.map(origin => ({ file: shownPath(origin.file), range: jsonRange(origin, textOf) }));
    const nothing = { files: [], creates: [], links: [], applied: [], outcomes: [], written: false };
    context.io.stdout.write(`${JSON.stringify({ ...nothing, refused: { code, why: reason, at: places } }, null, 2)}\n`);
  }
  const places = at.map(({ file, start }) => {
    const { line, column } = positionAt(linesOf(textOf(file) ?? ''), start);
    return `\n  --> ${visible(shownPath(file))}:${line}:${column}`;
  });
  return new CommandError(`refused: ${visible(reason)}; nothing was written${places.join('')}`, STATUS.refused);
}
