import { type Configuration, type FileSystem, type LoadOptions, load } from '../evaluate/index.js';
import type { Finding } from '../rules/finding.js';
import { RULES } from '../rules/index.js';
import type { Rule, RuleContext, RuleFinding, UnlinkedFile } from '../rules/rule.js';
import { type Tree, unlinkedFiles } from './tree.js';

export interface LintOptions extends LoadOptions {
  /** Rules to run instead of all. */
  readonly rules?: readonly Rule[];
  /** False when the entry is a lone file whose surroundings are not known. True unless said. */
  readonly complete?: boolean;
}

export interface LintResult {
  readonly configuration: Configuration;
  /** The files of `conf.avail` that were judged too, though nothing includes them. */
  readonly unlinked: readonly UnlinkedFile[];
  /** Sorted by file in the order of reading, then by place. */
  readonly findings: readonly Finding[];
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
  const complete = options.complete ?? true;
  const unlinked = complete ? unlinkedFiles(files, configuration, options) : [];
  const rules = options.rules ?? RULES;
  const findings = walk({ files, configuration, complete, unlinked }, rules);
  for (const file of unlinked) {
    // only files that were meant for this purpose: what else waits in the folder is nobody's business
    if (hasLdapSettings(file.configuration))
      findings.push(...walk({ files, configuration: file.configuration, complete: false, unlinked: [] }, rules));
  }
  return { configuration, unlinked, findings: sortFindings(findings, configuration) };
}

/** Whether a file sets anything about LDAP. */
export function hasLdapSettings(configuration: Configuration): boolean {
  return configuration.settings.some(
    setting => setting.name === 'ldap' || /^ldap_(?:server|base|rootdn|filter)$/.test(setting.name),
  );
}

function walk(tree: Tree, rules: readonly Rule[]): Finding[] {
  const findings: Finding[] = [];
  const said = new Set<string>();
  const contexts = rules.map(rule => ({ rule, context: contextFor(rule, tree, findings, said) }));
  const { configuration } = tree;
  const visit = (show: (rule: Rule, context: RuleContext) => void) => {
    for (const { rule, context } of contexts) show(rule, context);
  };
  for (const [file, document] of configuration.documents)
    visit((rule, context) => rule.check.document?.(context, document, file));
  for (const include of configuration.includes) visit((rule, context) => rule.check.include?.(context, include));
  for (const opening of configuration.openings) visit((rule, context) => rule.check.opening?.(context, opening));
  for (const setting of configuration.settings) {
    if (setting.form !== 'opening') visit((rule, context) => rule.check.setting?.(context, setting));
  }
  for (const unset of configuration.unsetNames) visit((rule, context) => rule.check.unsetName?.(context, unset));
  visit((rule, context) => rule.check.configuration?.(context));
  return findings;
}

function contextFor(rule: Rule, tree: Tree, findings: Finding[], said: Set<string>): RuleContext {
  return {
    ...tree,
    version: tree.configuration.version,
    report: (finding: RuleFinding) => {
      const { file, start, end } = finding.at;
      // a file that is included twice, or a function called twice, says it once
      const key = JSON.stringify([rule.name, finding.message, file, start, end]);
      if (said.has(key)) return;
      said.add(key);
      findings.push(findingOf(rule, finding));
    },
  };
}

/** The finding with what the rule says of itself; a fix given as a function is made when it is first read. */
function findingOf(rule: Rule, { fix = null, ...finding }: RuleFinding): Finding {
  const whole: Finding = { rule: rule.name, severity: rule.severity, related: [], ...finding, fix: null };
  if (typeof fix !== 'function') return { ...whole, fix };
  let made: Finding['fix'] | undefined;
  return Object.defineProperty(whole, 'fix', {
    enumerable: true,
    get: () => {
      if (made === undefined) made = fix();
      return made;
    },
  });
}

function sortFindings(findings: readonly Finding[], configuration: Configuration): Finding[] {
  const order = new Map([...configuration.documents.keys()].map((file, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? order.size;
  return [...findings].sort(
    (a, b) =>
      rank(a.at.file) - rank(b.at.file) ||
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
      a.at.start - b.at.start,
  );
}
