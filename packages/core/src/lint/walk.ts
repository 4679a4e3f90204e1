import type { Finding, Severity } from '../rules/finding.js';
import type { Rule, RuleContext, RuleFinding, Visitors } from '../rules/rule.js';
import type { Tree } from './tree.js';

/** What rules say, by their names. */
export type Found = Map<string, Finding[]>;

/** Severities that take the place of the rules' own, by name. */
export type Severities = Readonly<Record<string, Severity | 'off'>> | undefined;

/** How rules are run. */
export interface WalkOptions {
  readonly severities: Severities;
  /** What measures the time that each rule takes, and where that is kept. */
  readonly clock: (() => number) | undefined;
  readonly timing: Map<string, number>;
}

/** Shows a tree to rules once, and collects what each says. */
export function walk(tree: Tree, rules: readonly Rule[], options: WalkOptions): Found {
  const found: Found = new Map();
  const contexts = rules.map(rule => {
    const findings: Finding[] = [];
    found.set(rule.name, findings);
    return { rule, context: contextFor(rule, tree, findings, options) };
  });
  const { documents, includes, openings, settings, unsetNames } = tree.configuration;
  const show = <Name extends keyof Visitors, Thing>(
    name: Name,
    things: Iterable<Thing>,
    visit: (visitor: NonNullable<Visitors[Name]>, context: RuleContext, thing: Thing) => void,
  ) => {
    const asking = contexts.flatMap(({ rule, context }) => {
      const visitor = rule.check[name];
      return visitor ? [{ rule, context, visitor }] : [];
    });
    const { clock, timing } = options;
    for (const thing of things)
      for (const { rule, context, visitor } of asking) {
        const before = clock ? clock() : 0;
        visit(visitor, context, thing);
        if (clock) timing.set(rule.name, (timing.get(rule.name) ?? 0) + clock() - before);
      }
  };
  show('document', documents, (visitor, context, [file, document]) => visitor(context, document, file));
  show('include', includes, (visitor, context, include) => visitor(context, include));
  show('opening', openings, (visitor, context, opening) => visitor(context, opening));
  show(
    'setting',
    settings.filter(({ form }) => form !== 'opening'),
    (visitor, context, setting) => visitor(context, setting),
  );
  show('unsetName', unsetNames, (visitor, context, unset) => visitor(context, unset));
  show('configuration', [tree.configuration], (visitor, context) => visitor(context));
  return found;
}

function contextFor(rule: Rule, tree: Tree, findings: Finding[], options: WalkOptions): RuleContext {
  const said = new Set<string>();
  return {
    ...tree,
    version: tree.configuration.version,
    report: (finding: RuleFinding) => {
      const { file, start, end } = finding.at;
      // a file that is included twice, or a function called twice, says it once
      const key = JSON.stringify([finding.message, file, start, end]);
      if (said.has(key)) return;
      said.add(key);
      findings.push(findingOf(rule, finding, options));
    },
  };
}

/** The finding with what the rule says of itself; a fix given as a function is made when it is first read. */
export function findingOf(
  rule: Rule,
  { fix = null, ...finding }: RuleFinding,
  { severities }: { readonly severities?: Severities },
): Finding {
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

/** Whether reading the fix of a finding may cost something, or it has one. */
export function mayHaveFix(finding: Finding): boolean {
  const { value, get } = Object.getOwnPropertyDescriptor(finding, 'fix') ?? {};
  return get !== undefined || (value !== undefined && value !== null);
}
