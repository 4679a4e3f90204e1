import { RULES } from '@prosodist/core';
import { severityColour } from '../colour.js';
import { contextOf, type GlobalOptions } from '../context.js';
import type { Io } from '../io.js';
import { STATUS } from '../status.js';
import { wrap } from '../visible.js';

/** `prosodist rules`: lists the rules in the order of the documentation. */
export async function rules(io: Io, _: readonly string[], options: GlobalOptions): Promise<number> {
  const { colours, json, width } = contextOf(io, options);
  if (json) {
    const all = RULES.map(({ name, severity, fixable, summary, source, since }) => ({
      name,
      severity,
      fixable,
      summary,
      source,
      since,
    }));
    io.stdout.write(`${JSON.stringify({ rules: all }, null, 2)}\n`);
    return STATUS.ok;
  }
  const names = Math.max(...RULES.map(rule => rule.name.length));
  const fixes = { always: 'fix', sometimes: 'fix?', never: '' };
  const indent = names + 'warning'.length + 'fix?'.length + 6;
  const lines = RULES.flatMap(({ name, severity, fixable, summary }) => {
    const head = `${colours.bold(name.padEnd(names))}  ${severityColour(colours, severity)(severity.padEnd(7))}  ${fixes[fixable].padEnd(4)}  `;
    return wrap(summary, Math.max(30, width - indent)).map((line, at) => (at === 0 ? head : ' '.repeat(indent)) + line);
  });
  const legend = 'fix: a fix comes with every finding; fix?: with some. `prosodist explain NAME` prints the page of a rule.';
  io.stdout.write(`${[...lines, '', ...wrap(legend, width)].join('\n')}\n`);
  return STATUS.ok;
}
