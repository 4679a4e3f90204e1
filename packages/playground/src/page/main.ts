// The page: what is open, the editor beside what is said about it.

import { EXAMPLE, JUDGED_EXAMPLE } from 'example';
import type { Change, Judged, Place, Project } from '../protocol.js';
import { type App, messageOf } from './app.js';
import { makeBar } from './bar.js';
import { Client } from './client.js';
import { diagnosticsOf } from './diagnostics.js';
import { ask } from './dialog.js';
import { button, byId } from './dom.js';
import { Editor } from './editor.js';
import { effectivePanel } from './effective.js';
import { filesPanel } from './files.js';
import { findingsPanel } from './findings.js';
import { withChanges } from './line-ends.js';
import { askForLinks } from './links-dialog.js';
import { loginPanel } from './login.js';
import { markdown } from './markdown.js';
import { openDropped } from './open.js';
import { operationsPanel } from './operations.js';
import { patchPanel } from './patch.js';
import { rulePageOf } from './rule-pages.js';
import { services } from './services.js';
import { fromFragment } from './share.js';
import { share } from './share-dialog.js';
import { Store, textOf } from './store.js';
import { makeTabs } from './tabs.js';

const DISK = 'This browser does not give a page from the disk what is in a dropped folder. Use “Open folder…” instead.';

/** Somebody who writes wants no judgement of half a word. */
const REST = 150;

const client = new Client(workerUrl());
const store = new Store(EXAMPLE);
let judged: Judged | undefined;
let file = EXAMPLE.entry;
let typing: number | undefined;
const status = byId('status', HTMLElement);

const app: App = { client, store, judged: () => judged, go, flush, say, apply, explain };

const editor = new Editor(byId('editor', HTMLElement), {
  changed(changed, changes, whole) {
    const text = textOf(store.project, changed);
    if (text === undefined) return;
    store.type(changed, withChanges(text, changes));
    window.clearTimeout(typing);
    typing = window.setTimeout(flush, REST);
    if (whole) flush();
  },
  services: services({ client, file: () => file, flush }),
  nonce: document.querySelector('style')?.nonce ?? '',
});
const files = filesPanel(path => show(path));
const findings = findingsPanel(app);
const login = loginPanel(app);
const effective = effectivePanel(app);
const operations = operationsPanel(app);
const patch = patchPanel(app, () => file);
const tabs = makeTabs('Results', [
  { id: 'findings', label: 'Findings', panel: findings.node, refresh: findings.refresh },
  { id: 'login', label: 'Login', panel: login.node, refresh: login.refresh },
  { id: 'effective', label: 'Effective', panel: effective.node, refresh: effective.refresh },
  { id: 'operations', label: 'Change', panel: operations.node, refresh: operations.refresh },
  { id: 'patch', label: 'Patch', panel: patch.node, refresh: patch.refresh },
]);
const bar = makeBar({
  open: (made, what) => void openMade(made, what),
  example: () => void open(EXAMPLE, 'The example is open.'),
  choose(version, entry) {
    flush();
    store.choose(version, entry);
    void judge('project');
  },
  share: () => void share(app),
  version: () => store.project.version,
});

/** Opens a configuration in place of what is there. */
async function open(project: Project, what: string, known?: Judged): Promise<void> {
  window.clearTimeout(typing);
  typing = undefined;
  store.open(project);
  editor.clear();
  judged = undefined;
  show(project.entry);
  const judging = judge('project', known);
  if (known) say(what);
  await judging;
  if (!known) say(what);
}

async function openMade(made: Project | { readonly problem: string }, what: string): Promise<void> {
  if ('problem' in made) say(made.problem);
  else await open(await askForLinks(made), what);
}

/** Shows a file in the editor. */
function show(path: string): void {
  const text = textOf(store.project, path);
  if (text === undefined) {
    say(`${path} is not among the files that were opened.`);
    return;
  }
  file = path;
  editor.show(path, text);
  showJudged();
}

function go({ file: path, range }: Place): void {
  if (path !== file) show(path);
  if (path === file) editor.reveal(range);
}

function flush(): void {
  if (typing === undefined) return;
  window.clearTimeout(typing);
  typing = undefined;
  void judge('text');
}

/**
 * Has the worker read what is there now. An answer that another question has overtaken is not shown.
 * @param known what it will say, where that is known: shown at once
 */
let questions = 0;
async function judge(what: 'project' | 'text', known?: Judged): Promise<void> {
  questions += 1;
  const mine = questions;
  try {
    const text = textOf(store.project, file) ?? '';
    const asked = what === 'text' ? client.ask('text', { file, text }) : client.ask('project', store.project);
    if (known) {
      judged = known;
      showJudged();
    }
    const made = await asked;
    if (mine !== questions) return;
    judged = made;
    if (!known) showJudged();
  } catch (error) {
    if (mine === questions) say(`This configuration could not be read: ${messageOf(error)}`);
  }
}

function showJudged(): void {
  const { project } = store;
  files.show(project, judged, file);
  bar.show(project);
  if (!judged) return;
  tabs.label('findings', `Findings (${judged.findings.length})`);
  tabs.refresh();
  editor.setDiagnostics(diagnosticsOf(app, editor.view.state.doc, judged, file));
  const shown = file;
  client.ask('tokens', file).then(
    packed => {
      if (shown === file && typing === undefined) editor.setTokens(packed);
    },
    error => say(messageOf(error)),
  );
}

async function apply({ title, files: changed }: Pick<Change, 'title' | 'files'>): Promise<void> {
  store.apply(changed, title);
  await shown(`Done: ${title}.`, true);
}

async function undo(): Promise<void> {
  const title = store.undo();
  if (title !== undefined) await shown(`Taken back: ${title}.`, store.undoable !== undefined);
}

/** Several files may have changed at once; the one in the editor may be gone. */
async function shown(text: string, undoable: boolean): Promise<void> {
  if (textOf(store.project, file) === undefined) show(store.project.entry);
  else editor.replace(textOf(store.project, file) ?? '');
  await judge('project');
  say(text, undoable);
}

function say(text: string, undoable = false): void {
  status.replaceChildren(text, ...(undoable ? [' ', button('Undo', () => void undo())] : []));
}

function explain(rule: string): void {
  const text = rulePageOf(rule);
  void ask(rule, markdown(text.replace(/^# .*\n/, ''), 2), []);
}

function acceptDrops(): void {
  const veil = byId('drop', HTMLElement);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  // before the editor, which would write the file into the text
  window.addEventListener(
    'dragover',
    event => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      veil.hidden = false;
    },
    true,
  );
  window.addEventListener('dragleave', event => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  window.addEventListener(
    'drop',
    event => {
      veil.hidden = true;
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      openDropped(event.dataTransfer.items, store.project.version).then(
        made => openMade(made, 'What was dropped is open.'),
        // Chromium keeps what is dropped on a page of the disk from it, but for single files
        error => say(location.protocol === 'file:' ? DISK : `It could not be read: ${messageOf(error)}`),
      );
    },
    true,
  );
}

/** The worker's script stands behind this one, which shows the example before the browser has read that. */
function workerUrl(): Promise<string> {
  return new Promise(resolve =>
    document.addEventListener(
      'DOMContentLoaded',
      () => resolve(URL.createObjectURL(new Blob([byId('worker', HTMLScriptElement).text], { type: 'text/javascript' }))),
      { once: true },
    ),
  );
}

/** What the link holds; without one, the example. */
async function openLink(): Promise<void> {
  try {
    const project = await fromFragment(location.hash);
    if (project) await open(project, 'The configuration of the link is open.');
    else if (judged === undefined)
      await open(EXAMPLE, 'This is an example: a folder /etc/prosody on which somebody stopped half-way.', JUDGED_EXAMPLE);
  } catch (error) {
    await open(EXAMPLE, `${messageOf(error)} The example is open instead.`);
  }
}

byId('tabs', HTMLElement).replaceWith(tabs.node);
byId('files', HTMLElement).replaceWith(files.node);
byId('bar', HTMLElement).append(...bar.nodes);
acceptDrops();
window.addEventListener('hashchange', () => void openLink());
void openLink();
