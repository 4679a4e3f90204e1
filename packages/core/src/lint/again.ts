import { type Configuration, changedSections, declarePart, GLOBAL, type Origin } from '../evaluate/index.js';
import type { Finding } from '../rules/finding.js';
import type { Rule } from '../rules/rule.js';
import { type Asked, isStill, watchedFiles } from './asked-files.js';
import { type Moves, moves } from './moves.js';
import type { Tree } from './tree.js';
import { type Found, lazily, mayHaveFix, type Severities, type WalkOptions, walk } from './walk.js';

/**
 * Judging a tree again after an edit. A rule that says so looks at one section and the global one at a time; after an edit in a few
 * sections it sees these, and what it said of the others is still true. All other rules see the whole again.
 */

/** A tree that was judged. */
export interface Judged {
  readonly tree: Tree;
  readonly rules: readonly Rule[];
  readonly severities: Severities;
  /** What each rule said, before comments hide any of it. */
  readonly found: Found;
  /** What the rules that look at sections asked of the files. */
  readonly asked: Asked;
  /** What those rules said of some sections alone, when only they were judged. */
  readonly part: { readonly scopes: string; readonly found: Found } | null;
}

/** More sections than this, and the whole is judged. */
const MOST = 20;

/** Judges a tree as a whole. */
export function judgeTree(tree: Tree, rules: readonly Rule[], options: WalkOptions): Judged {
  const asked: Asked = new Map();
  // first, for what rules know of the files they find out together, and whoever asks second asks no more
  const found = walk(
    watching(tree, asked),
    rules.filter(rule => !isWhole(rule)),
    options,
  );
  for (const [name, findings] of walk(tree, rules.filter(isWhole), options)) found.set(name, findings);
  return { tree, rules, severities: options.severities, found, asked, part: null };
}

/** The same of what an edit has made of the tree; undefined where the whole has to be judged. */
export function judgeAgain(before: Judged, tree: Tree, rules: readonly Rule[], options: WalkOptions): Judged | undefined {
  const scopes = isAlike(before, tree, rules, options)
    ? changedSections(before.tree.configuration, tree.configuration)
    : undefined;
  if (!scopes || scopes.has(GLOBAL) || scopes.size > MOST) return undefined;
  const move = moves(before.tree.configuration, tree.configuration);
  if (!move || !isStill(before.asked, tree.files)) return undefined;
  const bySection = rules.filter(rule => !isWhole(rule));
  const asked: Asked = new Map(before.asked);
  const names = JSON.stringify([...scopes].sort());
  const old = partOf(before.tree.configuration, scopes);
  const said =
    before.part?.scopes === names ? before.part.found : walk({ ...before.tree, configuration: old }, bySection, options);
  const fresh = partOf(tree.configuration, scopes);
  const says = walk(watching({ ...tree, configuration: fresh }, asked), bySection, options);
  const [wasIn, isIn] = [placesOf(old, scopes), placesOf(fresh, scopes)];
  const found: Found = new Map();
  const whole = rules.filter(isWhole);
  for (const rule of bySection) {
    const remake = remaker(rule, tree, options);
    const kept = before.found
      .get(rule.name)!
      .filter(finding => !wasIn(finding))
      .map(finding => moved(finding, move, remake));
    const outside = said
      .get(rule.name)!
      .filter(finding => !wasIn(finding))
      .map(finding => moved(finding, move, remake));
    const now = says.get(rule.name)!;
    // what is said elsewhere because of these sections has to be what was said before
    const isSame = sameKeys(
      outside,
      now.filter(finding => !isIn(finding)),
    );
    if (kept.includes(null) || !isSame) whole.push(rule);
    else {
      // a fix is made of the whole, for it may change what stands elsewhere
      const inside = now
        .filter(isIn)
        .map(finding => (mayHaveFix(finding) ? lazily(withoutFix(finding), () => remake(finding)) : finding));
      found.set(rule.name, [...(kept as Finding[]), ...inside]);
    }
  }
  for (const [name, findings] of walk(tree, whole, options)) found.set(name, findings);
  return { tree, rules, severities: options.severities, found, asked, part: { scopes: names, found: says } };
}

/** Rules look at the whole unless they say otherwise. */
function isWhole({ reach }: Rule): boolean {
  return reach !== 'section';
}

/** Nothing is different but what sections say. */
function isAlike({ tree: before, ...judged }: Judged, tree: Tree, rules: readonly Rule[], { severities }: WalkOptions): boolean {
  const [old, fresh] = [before.configuration, tree.configuration];
  return (
    before.complete === tree.complete &&
    before.placed === tree.placed &&
    judged.rules.length === rules.length &&
    judged.rules.every((rule, index) => rule === rules[index]) &&
    JSON.stringify(judged.severities) === JSON.stringify(severities) &&
    isSound(old) &&
    isSound(fresh) &&
    JSON.stringify(old.includes.map(withoutPlace)) === JSON.stringify(fresh.includes.map(withoutPlace)) &&
    JSON.stringify(old.files) === JSON.stringify(fresh.files)
  );
}

function withoutPlace({ origin: _, ...include }: Configuration['includes'][number]) {
  return include;
}

/** Prosody reads it without a word, and so do we. */
function isSound({ ok, warnings, documents }: Configuration): boolean {
  return ok && warnings.length === 0 && [...documents.values()].every(({ template }) => template === null);
}

function watching(tree: Tree, asked: Asked): Tree {
  return { ...tree, files: watchedFiles(tree.files, asked) };
}

/** A configuration as if it had these sections alone, beside the global one. */
export function partOf(configuration: Configuration, scopes: ReadonlySet<string>): Configuration {
  const isThere = (scope: string) => scope === GLOBAL || scopes.has(scope);
  const part: Configuration = {
    ...configuration,
    sections: new Map([...configuration.sections].filter(([scope]) => isThere(scope))),
    settings: configuration.settings.filter(({ scope }) => isThere(scope)),
    openings: configuration.openings.filter(({ scope }) => isThere(scope)),
  };
  declarePart(part, configuration);
  return part;
}

/** Whether a finding stands in what sections consist of. */
function placesOf({ settings, openings }: Configuration, scopes: ReadonlySet<string>): (finding: Finding) => boolean {
  const places = [...settings, ...openings].filter(({ scope }) => scopes.has(scope)).map(({ origin }) => origin);
  return ({ at }) => places.some(({ file, start, end }) => file === at.file && start <= at.start && at.end <= end);
}

/** A finding where its place stands now; null where it is gone. Its fix is made of the text as it is now. */
function moved(finding: Finding, move: Moves, remake: (finding: Finding) => Finding['fix']): Finding | null {
  const at = move(finding.at);
  const related = finding.related.map(each => ({ ...each, at: move(each.at) }));
  if (!at || related.some(each => each.at === null)) return null;
  const hasFix = mayHaveFix(finding);
  if (!hasFix && at === finding.at && related.every((each, index) => each.at === finding.related[index]!.at)) return finding;
  const here = { ...withoutFix(finding), at, related: related as Finding['related'] };
  return hasFix ? lazily(here, () => remake(here)) : here;
}

/** A finding without its fix, which is not made for that. */
function withoutFix({ rule, severity, message, why, help, at, related }: Finding): Finding {
  return { rule, severity, message, why, help, at, related, fix: null };
}

/** Makes fixes of a rule anew, when the first of them is asked for. */
function remaker(rule: Rule, tree: Tree, options: WalkOptions): (finding: Finding) => Finding['fix'] {
  let made: readonly Finding[] | undefined;
  return finding => {
    made ??= walk(tree, [rule], options).get(rule.name)!;
    return made.find(other => keyOf(other) === keyOf(finding))?.fix ?? null;
  };
}

function sameKeys(some: readonly (Finding | null)[], others: readonly Finding[]): boolean {
  if (some.length !== others.length) return false;
  const keys = new Set(some.map(finding => finding && keyOf(finding)));
  return others.every(finding => keys.has(keyOf(finding)));
}

function keyOf({ message, why, help, severity, at, related }: Finding): string {
  const place = ({ file, start, end }: Origin) => [file, start, end];
  return JSON.stringify([message, why, help, severity, place(at), related.map(each => [each.message, place(each.at)])]);
}
