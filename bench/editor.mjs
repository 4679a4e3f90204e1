// What the extension costs in a real VS Code: the packed VSIX, installed as a user does, in a window of its own for every round.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { clientLoad, warmDiagnostics } from './extension-parts.mjs';
import { median } from './median.mjs';

/** What parts of the extension may take, milliseconds. */
const BUDGETS = { client: 150, diagnostics: 20 };

const COLUMNS = [
  ['activation', 'activation, as VS Code reports it'],
  ['opened', 'first file: Enter → text'],
  ['squiggles', 'first file: text → squiggles'],
  ['second', 'second file of the tree: text → squiggles'],
  ['key', 'key → changed squiggles'],
];

/**
 * Measures and reports in Markdown.
 * @param rounds how many windows
 */
export function editorReport(rounds) {
  const sessions = [];
  for (let round = 0; round < rounds; round++) sessions.push(session());
  const middle = key => Math.round(median(sessions.map(each => each[key])));
  const spread = key => [Math.min, Math.max].map(end => Math.round(end(...sessions.map(each => each[key])))).join('–');
  const rows = COLUMNS.map(([key, title]) => `| ${title} | ${middle(key)} | ${spread(key)} |`);
  const client = clientLoad(11);
  const diagnostics = warmDiagnostics(300);
  return `The real VS Code (code-server, in Chromium) with the packed extension, on the example with Active Directory; ${rounds} windows, each with
new folders for its data. The first file is opened 15 seconds after the window is there, since before that VS Code's own start would be
measured too. Activation is what “Developer: Show Running Extensions” says: loading our code and calling it. The first file also wakes the
extension and starts the server; the second has its findings already, because the server is asked for those of all files of a tree. A key
is one that makes a finding, or takes one away; the wait includes what VS Code waits for before it asks. Milliseconds.

| | median | from–to |
|---|---|---|
${rows.join('\n')}

| | ms | budget |
|---|---|---|
| CPU time of loading the client's bundle, above that of bare Node | ${client.toFixed(1)} | ${BUDGETS.client} |
| diagnostics of a file of 300 lines that has changed, warm | ${diagnostics.toFixed(1)} | ${BUDGETS.diagnostics} |
`;
}

/** One window, driven by a process of its own that knows TypeScript. */
function session() {
  const out = join(root, `node_modules/.cache/editor-${process.pid}.json`);
  try {
    execFileSync(process.execPath, ['--import=tsx', 'bench/editor-session.mjs', out], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(out, { force: true });
  }
}
