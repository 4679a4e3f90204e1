import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, Range } from 'vscode';
import { codeOf, diagnosticsOf, home, LDAP, MAIN, MEET, show, until, untilFound, uriOf } from './tools.js';

/** A finding as the command line prints it. */
interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly file: string;
  readonly range: Record<'start' | 'end', { readonly line: number; readonly column: number }>;
}

const NAMES = { error: 'Error', warning: 'Warning', info: 'Information' };

/** The findings of the example. */
export function findings(): void {
  describe('findings', () => {
    for (const name of [MAIN, MEET, LDAP])
      it(`are those of the command line in ${name}`, async () => {
        const { document } = await show(name);
        const { findings: all } = JSON.parse(readFileSync(path.join(home(), 'expected.json'), 'utf8')) as { findings: Finding[] };
        const wanted = all
          .filter(({ file }) => realpathSync(file) === document.fileName)
          .map(({ rule, severity, range: { start, end } }) =>
            told(rule, NAMES[severity], new Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1)),
          )
          .sort();
        assert.ok(wanted.length > 0);
        const now = () =>
          diagnosticsOf(document.uri)
            .map(each => told(codeOf(each), DiagnosticSeverity[each.severity]!, each.range))
            .sort();
        await until('finding', () => now().length > 0 || undefined);
        await until('same number of findings', () => now().length === wanted.length || undefined).catch(() => undefined);
        assert.deepEqual(now(), wanted);
      });

    it('lead to the page of their rule, and to what they are about', async () => {
      await show(MAIN);
      await untilFound(uriOf(MAIN), 'duplicate-option');
      const twice = diagnosticsOf(uriOf(MAIN)).find(each => codeOf(each) === 'duplicate-option')!;
      assert.ok(typeof twice.code === 'object');
      assert.match(twice.code.target.toString(), /^https:.*duplicate-option/);
      const [related] = twice.relatedInformation!;
      assert.match(related!.location.uri.path, /meet\.example\.com\.cfg\.lua$/);
    });

    it('have nothing that is secret', async () => {
      const { document } = await show(LDAP);
      assert.ok(document.getText().includes('n3ver-the-Same'));
      assert.ok(!JSON.stringify(diagnosticsOf(document.uri)).includes('n3ver-the-Same'));
    });
  });
}

/** A finding in a line. */
function told(rule: string, severity: string, { start, end }: Range): string {
  return [rule, severity, `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`].join(' ');
}
