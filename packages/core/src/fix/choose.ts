import type { Configuration, FileSystem } from '../evaluate/index.js';
import { merge } from '../patch/change.js';
import { Overlay } from '../patch/overlay.js';
import type { Finding, Fix } from '../rules/finding.js';
import { overlap } from '../text/index.js';

/** A finding with the fix that was chosen for it. */
export interface Chosen {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The fixes of one pass: those that no earlier one of this pass touches. Their edits are all meant against one state. */
export function choose(findings: readonly Finding[], files: FileSystem): Chosen[] {
  const chosen: Chosen[] = [];
  const taken: { file: string; start: number; end: number; text: string }[] = [];
  const paths = new Set<string>();
  for (const finding of findings) {
    const fix = finding.fix!;
    const edits = fix.edits.map(edit => ({ ...edit, file: files.realPath(edit.file) }));
    const news = [...fix.creates.map(create => create.file), ...fix.links.map(link => link.path), ...(fix.removes ?? [])];
    if (edits.some(edit => taken.some(other => other.file === edit.file && overlap(edit, other)))) continue;
    if (news.some(file => paths.has(file)) || edits.some(edit => paths.has(edit.file))) continue;
    taken.push(...edits);
    for (const file of news) paths.add(file);
    chosen.push({ finding, fix });
  }
  return chosen;
}

/** Whether the edits of a fix touch each other: a mistake of ours. One that is given twice is made once. */
export function contradictsItself({ edits }: Fix, files: FileSystem): boolean {
  const all = edits.map(edit => ({ ...edit, file: files.realPath(edit.file) }));
  const differ = (a: (typeof all)[number], b: (typeof all)[number]) =>
    a.start !== b.start || a.end !== b.end || a.text !== b.text;
  return all.some((a, at) => all.slice(0, at).some(b => a.file === b.file && differ(a, b) && overlap(a, b)));
}

/** What tells whether fixes broke something: what cannot be parsed, and whether Prosody takes the whole. */
export interface Soundness {
  /** Real path of a file → how many places in it are no Lua. */
  readonly problems: ReadonlyMap<string, number>;
  readonly ok: boolean;
}

export function soundness(files: FileSystem, configuration: Configuration): Soundness {
  const problems = new Map<string, number>();
  for (const [path, document] of configuration.documents) problems.set(files.realPath(path), document.problems.length);
  return { problems, ok: configuration.errors.length === 0 };
}

/** A file that could be read cannot any more, or Prosody took the configuration and would refuse it. */
export function isWorse(before: Soundness, after: Soundness): boolean {
  if (before.ok && !after.ok) return true;
  return [...after.problems].some(([file, count]) => count > 0 && (before.problems.get(file) ?? 0) === 0);
}

/**
 * Of fixes that break something together, those that do not alone, one after the other.
 * @param sound whether a tree is no worse than before
 */
export function withoutBreaking(
  files: FileSystem,
  chosen: readonly Chosen[],
  sound: (files: FileSystem) => boolean,
): { readonly good: Chosen[]; readonly bad: Chosen[] } {
  const good: Chosen[] = [];
  const bad: Chosen[] = [];
  for (const one of chosen) {
    const trial = new Overlay(files);
    trial.apply(merge(...[...good, one].map(({ fix }) => fix)));
    (sound(trial.files) ? good : bad).push(one);
  }
  return { good, bad };
}
