import { element } from './dom.js';

/** A unified diff in colours; each line begins with its sign, so that colour tells nothing alone. */
export function diffView(diff: string, label: string): HTMLElement {
  const lines = diff.replace(/\n$/, '').split('\n');
  return element(
    'pre',
    { class: 'diff', tabindex: 0, role: 'region', 'aria-label': label },
    element(
      'code',
      {},
      lines.map(line => element('span', { class: kindOf(line) }, `${line}\n`)),
    ),
  );
}

function kindOf(line: string): string {
  if (/^(?:diff |---|\+\+\+|new file|deleted file)/.test(line)) return 'head';
  if (line.startsWith('@@')) return 'hunk';
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'gone' : 'same';
}
