import type { Project } from '../protocol.js';
import { type App, messageOf } from './app.js';
import { ask } from './dialog.js';
import { button, element } from './dom.js';
import { toFragment } from './share.js';

/** Longer links are cut off by some programs. */
const LONG = 8000;

/** Offers a link that holds the configuration. Where there are secrets in it, they are left out unless somebody wants them in. */
export async function share(app: App): Promise<void> {
  app.flush();
  try {
    const { project } = app.store;
    const masked = await app.client.ask('masked', null);
    const hasSecrets = masked.places.length > 0;
    const holder = element('div');
    let link = '';
    const make = async (shown: Project) => {
      link = `${location.href.split('#')[0]}#${await toFragment(shown)}`;
      const field = element('input', { id: 'share-link', type: 'text', readonly: true, value: link, class: 'link' });
      field.addEventListener('focus', () => field.select());
      const long = link.length > LONG ? ' Some programs cut off links that are so long: send it as a file.' : '';
      holder.replaceChildren(
        element('div', { class: 'field' }, element('label', { for: 'share-link' }, 'Link'), field),
        element('p', { class: 'hint' }, `${link.length.toLocaleString('en')} characters.${long}`),
        element(
          'div',
          { class: 'acts' },
          button('Copy the link', () => void copy(field), { class: 'main' }),
        ),
      );
    };
    const copy = async (field: HTMLInputElement) => {
      field.select();
      try {
        await navigator.clipboard.writeText(link);
        app.say('The link is in the clipboard.');
        field.setAttribute('data-copied', 'true');
      } catch {
        // selected as it is, it can be copied by hand
        app.say('The browser does not let this page write to the clipboard. Copy the selected link.');
      }
    };
    const withoutSecrets = { ...project, files: masked.files };
    await make(hasSecrets ? withoutSecrets : project);
    const choice = element('input', {
      type: 'checkbox',
      id: 'share-secrets',
      change: () => void make(choice.checked ? project : withoutSecrets),
    });
    await ask(
      'Share this configuration',
      [
        element(
          'p',
          {},
          'The link holds the whole configuration, behind the #, which browsers send to no server. Whoever has the link can read it.',
        ),
        ...(hasSecrets
          ? [
              element(
                'div',
                { class: 'warning-box' },
                element(
                  'p',
                  {},
                  element('strong', {}, secretsText(masked.places.length)),
                  ' They are replaced by ••• in the link. What is not named like a secret is not found: look through the files first.',
                ),
                element(
                  'ul',
                  {},
                  masked.places.slice(0, 12).map(({ file, line }) => element('li', {}, `${file}:${line + 1}`)),
                ),
                element(
                  'div',
                  { class: 'check' },
                  choice,
                  element('label', { for: 'share-secrets' }, 'Put the secrets into the link all the same'),
                ),
              ),
            ]
          : [
              element(
                'p',
                {},
                'No secrets were found in it. What is not named like a secret is not found: look through the files first.',
              ),
            ]),
        holder,
      ],
      [],
    );
  } catch (error) {
    app.say(messageOf(error));
  }
}

function secretsText(count: number): string {
  return count === 1 ? 'There is a secret in it.' : `There are secrets in it, in ${count} lines.`;
}
