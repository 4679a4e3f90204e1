import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const source = new URL('../src/', import.meta.url);
const page = readFileSync(new URL('../../../docs/directory.md', import.meta.url), 'utf8');

/** The texts of the files of a folder, together. */
function textOf(folder: string): string {
  const names = readdirSync(new URL(folder, source)).filter(name => name.endsWith('.ts'));
  return names.map(name => readFileSync(new URL(folder + name, source), 'utf8')).join('\n');
}

const STEPS = 'form|clear-text|name|connect|tls|root-dse|bind|base|search|nobody|account|user-bind|time|answer';

describe('docs/directory.md', () => {
  const check = textOf('check/');
  const failures = readFileSync(new URL('failure.ts', source), 'utf8');
  const whole = [...`${check}\n${failures}`.matchAll(new RegExp(`'((?:${STEPS})\\.[a-z0-9-]+)'`, 'g'))].map(match => match[1]!);
  const accounts = [...check.matchAll(/\bcode: '([a-z-]+)', text:|\bcode: '([a-z-]+)',\n\s+text:/g)].map(
    match => `account.${match[1] ?? match[2]}`,
  );
  const skipped = [...check.matchAll(/\bskip\('([a-z-]+)'/g)].map(match => `user-bind.${match[1]}`);
  const endings = [...textOf('results/').matchAll(/\bcode: '([a-z-]+)'/g)].map(match => match[1]!);

  it('finds the codes of the source', () => {
    assert.ok(
      whole.length > 50 && accounts.length === 5 && skipped.length === 5 && endings.length > 25,
      `${[whole, accounts, skipped, endings].map(list => list.length)}`,
    );
  });

  it('explains every one', () => {
    const codes = [...whole, ...accounts, ...skipped, ...endings, 'aborted', 'ok'];
    // those of an answer are told by their endings, whatever the step
    const missing = codes.filter(
      code => !page.includes(`\`${code}\``) && !endings.some(ending => code === `user-bind.${ending}`),
    );
    assert.deepEqual(missing, []);
  });

  it('has no code that the source has not', () => {
    const known = new Set([...whole, ...accounts, ...skipped, ...endings, 'ok', 'aborted', ...STEPS.split('|')]);
    const listed = [...page.matchAll(/^\| `([a-z][a-z0-9.-]*)` \|/gm)].map(match => match[1]!);
    assert.ok(listed.length > 80);
    assert.deepEqual(
      listed.filter(code => !known.has(code)),
      [],
    );
  });
});
