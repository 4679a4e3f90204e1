import { encode } from '@prosodist/core';
import { type App, messageOf } from './app.js';
import { diffView } from './diff-view.js';
import { button, element } from './dom.js';
import { textOf } from './store.js';

/** What has changed since the configuration was opened, as a patch to take along. */
export function patchPanel(app: App, shownFile: () => string): { readonly node: HTMLElement; refresh(): void } {
  const view = element('div');
  const save = button('Save the patch', () => void savePatch(), { class: 'main' });
  const copy = button('Copy the patch', () => void copyPatch());
  const file = button('Save this file', () => saveFile());
  let patch = '';

  async function savePatch(): Promise<void> {
    download('prosody.patch', patch);
    app.say('Saved prosody.patch. In the folder of the configuration: patch -p1 < prosody.patch');
  }

  async function copyPatch(): Promise<void> {
    try {
      await navigator.clipboard.writeText(patch);
      app.say('The patch is in the clipboard.');
    } catch {
      app.say('The browser does not let this page write to the clipboard. Save the patch instead.');
    }
  }

  function saveFile(): void {
    const path = shownFile();
    const text = textOf(app.store.project, path);
    if (text !== undefined) download(path.slice(path.lastIndexOf('/') + 1), text);
  }

  return {
    node: element('div', {}, element('div', { class: 'panel-head' }, save, copy, file), view),
    refresh() {
      app.client.ask('patch', app.store.originals).then(
        made => {
          patch = made.patch;
          save.disabled = copy.disabled = patch === '';
          const nothing = element('p', {}, 'Nothing has changed since the configuration was opened.');
          const secret =
            made.shown === made.patch ? null : element('p', { class: 'soft' }, 'Secrets are hidden here, and not in the patch.');
          view.replaceChildren(
            ...(patch === '' ? [nothing] : [diffView(made.shown, 'All changes'), ...(secret ? [secret] : [])]),
          );
        },
        error => app.say(messageOf(error)),
      );
    },
  };
}

/** Gives a text to the browser to save, byte for byte. */
function download(name: string, text: string): void {
  const bytes = new Uint8Array(encode(text));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  element('a', { href: url, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
