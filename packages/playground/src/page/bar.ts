import type { ProsodyVersion } from '@prosodist/core';
import type { Project } from '../protocol.js';
import { projectOf } from './collect.js';
import { ask } from './dialog.js';
import { button, element } from './dom.js';
import { openChosen } from './open.js';

export interface BarActs {
  open(made: Project | { readonly problem: string }, what: string): void;
  example(): void;
  choose(version: ProsodyVersion, entry: string): void;
  share(): void;
  version(): ProsodyVersion;
}

/** What is open and what else could be: the buttons above the page. */
export function makeBar(acts: BarActs): { readonly nodes: readonly HTMLElement[]; show(project: Project): void } {
  const version = element(
    'select',
    { id: 'version', change: () => choose() },
    element('option', { value: '0.12' }, 'Prosody 0.12'),
    element('option', { value: '13.0' }, 'Prosody 13.0'),
  );
  const entry = element('select', { id: 'entry', change: () => choose() });
  const choose = () => acts.choose(version.value === '0.12' ? '0.12' : '13.0', entry.value);
  const files = chooser(acts, 'files-input', false);
  const folder = chooser(acts, 'folder-input', true);
  return {
    nodes: [
      button('Open files…', () => files.click()),
      button('Open folder…', () => folder.click()),
      button('Paste…', () => void paste(acts)),
      button('Example', acts.example),
      button('Share…', acts.share),
      element('span', { class: 'field inline' }, element('label', { for: 'version' }, 'Version'), version),
      element('span', { class: 'field inline' }, element('label', { for: 'entry' }, 'Main file'), entry),
      files,
      folder,
    ],
    show(project) {
      version.value = project.version;
      const texts = Object.keys(project.files)
        .filter(path => typeof project.files[path] === 'string')
        .sort();
      entry.replaceChildren(...texts.map(path => element('option', { value: path }, path.replace(/^\/etc\/prosody\//, ''))));
      entry.value = project.entry;
    },
  };
}

/** The browser's own dialog; the button beside it opens it. */
function chooser(acts: BarActs, id: string, folder: boolean): HTMLInputElement {
  const input = element('input', {
    type: 'file',
    id,
    hidden: true,
    multiple: true,
    webkitdirectory: folder,
    'aria-label': folder ? 'Folder of the configuration' : 'Files of the configuration',
    change: () => {
      if (!input.files || input.files.length === 0) return;
      openChosen(input.files, acts.version()).then(
        made => acts.open(made, folder ? 'The folder is open.' : 'The files are open.'),
        () => acts.open({ problem: 'The browser could not read them.' }, ''),
      );
      input.value = '';
    },
  });
  return input;
}

async function paste(acts: BarActs): Promise<void> {
  const field = element('textarea', { id: 'paste-text', rows: 12, spellcheck: 'false', autocapitalize: 'off' });
  const chosen = await ask(
    'Paste a configuration',
    [
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'paste-text' }, 'Text of a file, such as prosody.cfg.lua'),
        field,
      ),
    ],
    ['Open'],
  );
  if (chosen === undefined) return;
  const bytes = new TextEncoder().encode(field.value);
  acts.open(projectOf([{ path: 'prosody.cfg.lua', bytes }], acts.version()), 'The pasted text is open.');
}
