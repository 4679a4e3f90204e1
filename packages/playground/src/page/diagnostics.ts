import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Judged } from '../protocol.js';
import type { App } from './app.js';
import { fixOne, ignore } from './findings.js';
import { rangeIn } from './positions.js';

/** The findings of a file as the editor shows them, each with what can be done about it. */
export function diagnosticsOf(app: App, doc: Text, { findings, generation }: Judged, file: string): Diagnostic[] {
  return findings
    .filter(({ at }) => at.file === file)
    .map(finding => {
      const { rule, severity, message, why, help, at, fix } = finding;
      const acts = [
        ...(fix
          ? [{ name: fix.safety === 'safe' ? 'Fix' : 'Fix (unsafe)', apply: () => void fixOne(app, finding, generation) }]
          : []),
        { name: 'Hide', apply: () => void ignore(app, finding, generation, 'line') },
        { name: 'Explain', apply: () => app.explain(rule) },
      ];
      return {
        ...rangeIn(doc, at.range),
        severity,
        source: rule,
        message: [message, why, help].filter(line => line !== '').join('\n'),
        actions: acts,
      };
    });
}
