// What VS Code's extension host loads: mocha and the tests that use its API. Their outcomes go to a file, a line each.
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../support/vscode-host.js';
import { activation } from './activation.js';
import { changes } from './changes.js';
import { contributions } from './contributions.js';
import { documents } from './documents.js';
import { editing } from './editing.js';
import { findings } from './findings.js';
import { reading } from './reading.js';
import { restart } from './restart.js';
import { settings } from './settings.js';

/** Defines the tests, in the order in which they run: nothing of ours is awake before the first. */
export function define(): void {
  activation();
  contributions();
  findings();
  reading();
  settings();
  restart();
  documents();
  editing();
  changes();
}

/** Runs them. VS Code calls this; where one fails it is told so. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout: 60_000, reporter: class {} as never });
  mocha.suite.emit('pre-require', globalThis as never, '', mocha);
  define();
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => tell({ title: test.titlePath(), state: 'passed' }));
    runner.on('pending', test => tell({ title: test.titlePath(), state: 'pending' }));
    runner.on('fail', (test, error) => tell({ title: test.titlePath(), state: 'failed', error: textOf(error) }));
  });
  tell({ ended: true });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function tell(line: Outcome | { ended: true }): void {
  appendFileSync(path.join(__dirname, 'outcomes'), `${JSON.stringify(line)}\n`);
}

/** With what was expected and what was there, which the message of a mocha that shows differences leaves out. */
function textOf(error: Error & { expected?: unknown; actual?: unknown }): string {
  const shown = 'expected' in error ? `\nexpected: ${shortened(error.expected)}\nactual: ${shortened(error.actual)}` : '';
  const [message = '', ...stack] = (error.stack ?? String(error)).split('\n    at ');
  return [`${message}${shown}`, ...stack].join('\n    at ');
}

function shortened(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 2000);
}
