import { type Configuration, type FileSystem, type LoadOptions, load } from '../evaluate/index.js';
import type { Finding, Severity } from '../rules/finding.js';
import { RULES } from '../rules/index.js';
import type { Rule, UnlinkedFile } from '../rules/rule.js';
import { unknownSuppression } from '../rules/unknown-suppression/rule.js';
import { unusedSuppression } from '../rules/unused-suppression/rule.js';
import { type Judged, judgeAgain, judgeTree } from './again.js';
import { type SuppressedFinding, Suppressions } from './suppressions.js';
import { unlinkedFiles } from './tree.js';
import { findingOf, type WalkOptions, walk } from './walk.js';

export interface LintOptions extends LoadOptions {
  /** Rules to run instead of all. */
  readonly rules?: readonly Rule[];
  /** False when the entry is a lone file whose surroundings are not known. True unless said. */
  readonly complete?: boolean;
  /** Severities that take the place of the rules' own, by name; a rule that is off does not run. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Files that are read, but about which nothing is reported. */
  readonly ignores?: (file: string) => boolean;
  /** Milliseconds since whenever; given, the time that each rule takes is measured. */
  readonly clock?: () => number;
}

export interface LintResult {
  readonly configuration: Configuration;
  /** The files of `conf.avail` that were judged too, though nothing includes them. */
  readonly unlinked: readonly UnlinkedFile[];
  /** Sorted by file in the order of reading, then by place. */
  readonly findings: readonly Finding[];
  /** What comments in the files hide (`-- prosodist: ignore[rule] reason`). */
  readonly suppressed: readonly SuppressedFinding[];
  /** The milliseconds that each rule took, where a clock was given. */
  readonly timing: ReadonlyMap<string, number>;
}

/**
 * Reads a configuration tree and judges it.
 * @param files where files are read from
 * @param entry path of the main file
 * @example
 * const files = memoryFiles({ 'prosody.cfg.lua': 'authentication = internal_plain\nVirtualHost "example.com"\n' });
 * lint(files, 'prosody.cfg.lua').findings[0]?.rule // → 'unquoted-word'
 */
export function lint(files: FileSystem, entry: string, options: LintOptions = {}): LintResult {
  const configuration = load(files, entry, options);
  return judge(files, configuration, options);
}

/** How configurations were judged, for when an edit has made another of one. */
const judged = new WeakMap<Configuration, Judged>();

/** Judges a configuration that was read already; with `previous`, what was judged of that and is still true is not judged again. */
export function judge(files: FileSystem, configuration: Configuration, options: LintOptions = {}): LintResult {
  const placed = options.complete ?? true;
  // what a file that cannot be read would say, nobody knows
  const complete = placed && !configuration.errors.some(({ message }) => UNREAD.test(message));
  const unlinked = complete ? unlinkedFiles(files, configuration, options) : [];
  const rules = (options.rules ?? RULES).filter(rule => options.severities?.[rule.name] !== 'off');
  const asked = new Set(rules.map(rule => rule.name));
  const comments = new Suppressions([configuration, ...unlinked.map(file => file.configuration)], path => files.realPath(path));
  // whether a comment is needed is known only when all rules that it names have run
  const watched = complete && asked.has(unusedSuppression.name);
  const named = watched ? comments.names() : new Set<string>();
  const running = comments.any ? [...rules, ...RULES.filter(({ name }) => named.has(name) && !asked.has(name))] : rules;
  const walking: WalkOptions = { severities: options.severities, clock: options.clock, timing: new Map() };
  const tree = { files, configuration, complete, placed, unlinked };
  const before = options.previous && judged.get(options.previous);
  const judgement = (before && judgeAgain(before, tree, running, walking)) ?? judgeTree(tree, running, walking);
  judged.set(configuration, judgement);
  const all = [judgement.found];
  for (const file of unlinked) {
    // only files that were meant for this purpose: what else waits in the folder is nobody's business
    if (hasLdapSettings(file.configuration))
      all.push(
        walk({ files, configuration: file.configuration, complete: false, placed: false, unlinked: [] }, running, walking),
      );
  }
  const { kept, suppressed } = comments.apply(all.flatMap(found => running.flatMap(({ name }) => found.get(name) ?? [])));
  const about = comments.any ? comments.apply(aboutComments(comments, asked, watched, options)) : { kept: [], suppressed: [] };
  const isReported = ({ rule, at }: Finding) => asked.has(rule) && !options.ignores?.(at.file);
  return {
    configuration,
    unlinked,
    findings: sortFindings([...kept, ...about.kept].filter(isReported), configuration),
    suppressed: [...suppressed, ...about.suppressed].filter(({ finding }) => isReported(finding)),
    timing: walking.timing,
  };
}

/** The findings about the comments, which other comments may hide in turn. */
function aboutComments(comments: Suppressions, asked: ReadonlySet<string>, watched: boolean, options: LintOptions): Finding[] {
  const known = new Set(RULES.map(rule => rule.name));
  return [
    ...(asked.has(unknownSuppression.name)
      ? comments.unknown(known).map(finding => findingOf(unknownSuppression, finding, options))
      : []),
    ...(watched ? comments.unused(known).map(finding => findingOf(unusedSuppression, finding, options)) : []),
  ];
}

/** Prosody's words where a file or folder that it includes cannot be read. */
const UNREAD = /^(?:Error loading included |cannot open )/;

/** Whether a file sets anything about LDAP. */
export function hasLdapSettings(configuration: Configuration): boolean {
  return configuration.settings.some(
    setting => setting.name === 'ldap' || /^ldap_(?:server|base|rootdn|filter)$/.test(setting.name),
  );
}

export function sortFindings(findings: readonly Finding[], configuration: Configuration): Finding[] {
  const order = new Map([...configuration.documents.keys()].map((file, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? order.size;
  return [...findings].sort(
    (a, b) =>
      rank(a.at.file) - rank(b.at.file) ||
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
      a.at.start - b.at.start,
  );
}
