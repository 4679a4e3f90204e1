import { type App, messageOf } from './app.js';
import { element } from './dom.js';
import { sectionSelect } from './sections.js';

/** What Prosody would use for a section: its own options and those of the global section, each with where it was set. */
export function effectivePanel(app: App): { readonly node: HTMLElement; refresh(): void } {
  const select = sectionSelect('Section', ['global', 'host', 'component'], () => show());
  const text = element('code');
  let asked = 0;
  const show = async () => {
    asked += 1;
    const mine = asked;
    const scope = select.value();
    if (scope === undefined) return;
    try {
      const shown = await app.client.ask('effective', scope);
      if (mine === asked) text.replaceChildren(...coloured(shown));
    } catch (error) {
      app.say(messageOf(error));
    }
  };
  return {
    node: element(
      'div',
      {},
      element('div', { class: 'panel-head' }, select.node),
      element('pre', { class: 'effective', tabindex: 0, role: 'region', 'aria-label': 'Effective configuration' }, text),
    ),
    refresh() {
      select.fill(app.judged()?.sections ?? []);
      void show();
    },
  };
}

/** Comments in another colour: they say where each option was set. */
function coloured(text: string): Node[] {
  return text.split('\n').map(line => {
    const [, code = '', comment = ''] = /^(.*?)((?:--(?!.*--) .*)?)$/.exec(line) ?? [];
    return element('span', {}, code, comment ? element('span', { class: 'soft' }, comment) : null, '\n');
  });
}
