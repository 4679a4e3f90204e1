import { type Configuration, type FileSystem, type LoadOptions, load } from '../evaluate/index.js';
import type { Finding, Severity } from '../rules/finding.js';
import { RULES } from '../rules/index.js';
import type { Rule, RuleContext, RuleFinding, UnlinkedFile, Visitors } from '../rules/rule.js';
import { unknownSuppression } from '../rules/unknown-suppression/rule.js';
import { unusedSuppression } from '../rules/unused-suppression/rule.js';
import { type SuppressedFinding, Suppressions } from './suppressions.js';
import { type Tree, unlinkedFiles } from './tree.js';

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

/** Judges a configuration that was read already. */
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
  const walk = new Walk(running, options);
  walk.show({ files, configuration, complete, placed, unlinked });
  for (const file of unlinked) {
    // only files that were meant for this purpose: what else waits in the folder is nobody's business
    if (hasLdapSettings(file.configuration))
      walk.show({ files, configuration: file.configuration, complete: false, placed: false, unlinked: [] });
  }
  const { kept, suppressed } = comments.apply(walk.findings);
  const about = comments.any ? comments.apply(aboutComments(comments, asked, watched, options)) : { kept: [], suppressed: [] };
  const isReported = ({ rule, at }: Finding) => asked.has(rule) && !options.ignores?.(at.file);
  return {
    configuration,
    unlinked,
    findings: sortFindings([...kept, ...about.kept].filter(isReported), configuration),
    suppressed: [...suppressed, ...about.suppressed].filter(({ finding }) => isReported(finding)),
    timing: walk.timing,
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

/** The way through one or more trees, with what the rules say on it. */
class Walk {
  readonly findings: Finding[] = [];
  readonly timing = new Map<string, number>();
  private said = new Set<string>();

  constructor(
    private readonly rules: readonly Rule[],
    private readonly options: LintOptions,
  ) {}

  show(tree: Tree): void {
    this.said = new Set();
    const contexts = this.rules.map(rule => ({ rule, context: this.contextFor(rule, tree) }));
    const { configuration } = tree;
    const { documents, includes, openings, settings, unsetNames } = configuration;
    const walk = <Name extends keyof Visitors, Thing>(
      name: Name,
      things: Iterable<Thing>,
      show: (visitor: NonNullable<Visitors[Name]>, context: RuleContext, thing: Thing) => void,
    ) => {
      const asking = contexts.flatMap(({ rule, context }) => {
        const visitor = rule.check[name];
        return visitor ? [{ rule, context, visitor }] : [];
      });
      const { clock } = this.options;
      for (const thing of things)
        for (const { rule, context, visitor } of asking) {
          const before = clock?.() ?? 0;
          show(visitor, context, thing);
          if (clock) this.timing.set(rule.name, (this.timing.get(rule.name) ?? 0) + clock() - before);
        }
    };
    walk('document', documents, (visitor, context, [file, document]) => visitor(context, document, file));
    walk('include', includes, (visitor, context, include) => visitor(context, include));
    walk('opening', openings, (visitor, context, opening) => visitor(context, opening));
    walk(
      'setting',
      settings.filter(({ form }) => form !== 'opening'),
      (visitor, context, setting) => visitor(context, setting),
    );
    walk('unsetName', unsetNames, (visitor, context, unset) => visitor(context, unset));
    walk('configuration', [configuration], (visitor, context) => visitor(context));
  }

  private contextFor(rule: Rule, tree: Tree): RuleContext {
    return {
      ...tree,
      version: tree.configuration.version,
      report: (finding: RuleFinding) => {
        const { file, start, end } = finding.at;
        // a file that is included twice, or a function called twice, says it once
        const key = JSON.stringify([rule.name, finding.message, file, start, end]);
        if (this.said.has(key)) return;
        this.said.add(key);
        this.findings.push(findingOf(rule, finding, this.options));
      },
    };
  }
}

/** The finding with what the rule says of itself; a fix given as a function is made when it is first read. */
function findingOf(rule: Rule, { fix = null, ...finding }: RuleFinding, { severities }: LintOptions): Finding {
  const whole: Finding = { rule: rule.name, severity: rule.severity, related: [], ...finding, fix: null };
  const wanted = severities?.[rule.name];
  if (wanted !== undefined && wanted !== 'off') Object.assign(whole, { severity: wanted });
  return typeof fix === 'function' ? lazily(whole, fix) : { ...whole, fix };
}

/** A finding whose fix is made when it is first read. */
export function lazily(finding: Finding, make: (() => Finding['fix']) | undefined): Finding {
  if (!make) return finding;
  let made: Finding['fix'] | undefined;
  return Object.defineProperty({ ...finding }, 'fix', {
    enumerable: true,
    get: () => {
      if (made === undefined) made = make();
      return made;
    },
  });
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
