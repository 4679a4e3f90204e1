// A page for each rule, from the page beside it, and the list of all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cell, PRESETS, RULES } from './core.mjs';
import { siteLinks } from './links.mjs';

const fixes = { always: 'every finding', sometimes: 'some findings', never: 'no finding' };

/**
 * @param {string} top the repository
 * @returns {Record<string, string>} Markdown by path in the site
 */
export function rulePages(top) {
  const pages = RULES.map(rule => [`rules/${rule.name}.md`, page(rule, top)]);
  return { 'rules/index.md': list(), ...Object.fromEntries(pages) };
}

function page(rule, top) {
  const source = `packages/core/src/rules/${rule.name}/rule.md`;
  const text = siteLinks(readFileSync(join(top, source), 'utf8'), source, `rules/${rule.name}.md`, top);
  const presets = Object.keys(PRESETS).filter(name => PRESETS[name].rules.includes(rule.name));
  const facts = [
    `Severity: **${rule.severity}**`,
    `Fix: ${fixes[rule.fixable] ?? rule.fixable}`,
    ...(presets.length > 0 ? [`Presets: ${presets.join(', ')}`] : []),
    `Since: ${rule.since}`,
  ];
  return `${text.replace(/^# .+\n/, heading => `${heading}\n${facts.join(' · ')}\n`)}\n## On the command line\n\n    prosodist explain ${rule.name}\n\nA comment hides the finding: \`-- prosodist: ignore[${rule.name}] WHY\` ([more](../guide/checking.md#ignoring-a-finding)).\n`;
}

function list() {
  const rows = RULES.map(
    rule => `| [${rule.name}](./${rule.name}.md) | ${rule.severity} | ${rule.fixable} | ${cell(rule.summary)} |`,
  );
  const head = `# Rules\n\nWhat \`prosodist check\` looks for: ${RULES.length} rules. Each page has examples, which are run as tests.\n`;
  return [head, '| rule | severity | fix | reports |', '|---|---|---|---|', ...rows, ''].join('\n');
}
