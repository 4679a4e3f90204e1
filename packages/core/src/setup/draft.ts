// A plan in the making: the tree as the steps so far would leave it.
import { type Configuration, type FileSystem, normalize } from '../evaluate/index.js';
import { type Changes, changesOf, type Operation, Overlay, type PlannedFile, plan } from '../patch/index.js';
import { minimalEdits } from '../text/index.js';
import type { LdapChoices, SetupOptions, SetupPlan, SetupStep, SetupStepName } from './types.js';

export interface Draft {
  readonly entry: string;
  readonly choices: LdapChoices;
  readonly options: SetupOptions;
  readonly overlay: Overlay;
  readonly outcomes: SetupPlan['outcomes'][number][];
  readonly foreign: Set<string>;
  readonly warnings: string[];
  /** The folder of the system around the tree, with its slash; undefined where there is none. */
  readonly system: string | undefined;
}

export function newDraft(files: FileSystem, entry: string, choices: LdapChoices, options: SetupOptions): Draft {
  const found = /^(.*?)etc\/prosody\/[^/]+$/.exec(normalize(entry))?.[1];
  const given = options.system === undefined ? found : (options.system ?? undefined);
  return {
    entry,
    choices,
    options,
    overlay: new Overlay(files),
    outcomes: [],
    foreign: new Set(),
    warnings: [],
    system: given === undefined ? undefined : given.replace(/(?<=[^/])$/, '/'),
  };
}

/** The tree as it would be now. */
export function current({ overlay, entry, options }: Draft): Configuration {
  return overlay.load(entry, options);
}

/** A refusal, as the step that it ends. */
export type Refused = SetupStep & { readonly status: 'refused' };

export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'status' in value && value.status === 'refused';
}

export function refuse(
  step: SetupStepName,
  what: string,
  help: string,
  why = 'Nothing is written.',
  at: SetupStep['at'] = [],
): Refused {
  return { step, status: 'refused', what, why, help, at, shown: [] };
}

/**
 * Does operations on the draft, each on what the one before left.
 * @returns what changed, in sentences; none where all is so already. Or the refusal of the first that cannot be done.
 */
export function operate(draft: Draft, step: SetupStepName, operations: readonly Operation[]): readonly string[] | Refused {
  const said: string[] = [];
  for (const operation of operations) {
    const planned = plan(draft.overlay.files, draft.entry, [operation], draft.options);
    const outcome = planned.outcomes[0]!;
    if (!planned.ok)
      return refuse(step, outcome.why, 'Change it by hand, then run this again.', 'Nothing is written.', outcome.at);
    if (outcome.status === 'already') continue;
    draft.outcomes.push(outcome);
    draft.overlay.apply(changesOf(planned));
    said.push(outcome.why);
  }
  return said;
}

/** Puts the new text of a file that is not Prosody's into the draft. */
export function takeForeign(draft: Draft, file: PlannedFile): void {
  const changes: Changes = {
    edits: file.edits.map(edit => ({ file: file.file, ...edit })),
    creates: file.before === null ? [{ file: file.file, text: file.after, secret: file.secret }] : [],
    links: [],
  };
  draft.overlay.apply(changes);
  draft.foreign.add(draft.overlay.files.realPath(file.file));
}

/** A file of the draft with another text; `before` null for a new one. */
export function rewritten(file: string, before: string | null, after: string, secret = false): PlannedFile {
  return { file, before, after, edits: before === null ? [] : minimalEdits(before, after), secret };
}

/** The text of a file of the draft; undefined where it cannot be read. */
export function textOf({ overlay }: Draft, file: string): string | undefined {
  const read = overlay.files.readFile(file);
  return read.ok ? read.text : undefined;
}
