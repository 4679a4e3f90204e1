import { isRefusal, type ShownFinding } from '../protocol.js';
import { type App, messageOf, placeText } from './app.js';
import { showChange } from './change-dialog.js';
import { button, element, prose } from './dom.js';

const WORDS = { error: 'error', warning: 'warning', info: 'remark' } as const;

/** The list of findings, and what can be done about each. */
export function findingsPanel(app: App): { readonly node: HTMLElement; refresh(): void } {
  const head = element('div', { class: 'panel-head' });
  const list = element('ol', { class: 'findings' });
  return {
    node: element('div', {}, head, list),
    refresh() {
      const judged = app.judged();
      if (!judged) return;
      const { findings, suppressed, generation } = judged;
      const safe = findings.some(({ fix }) => fix?.safety === 'safe');
      const any = findings.some(({ fix }) => fix);
      head.replaceChildren(
        element('p', { class: 'count' }, summary(findings), suppressed > 0 ? ` ${suppressed} hidden by comments.` : ''),
        button('Fix all safe', () => fixAll(app, false), { disabled: !safe, id: 'fix-all' }),
        button('Fix all, unsafe too', () => fixAll(app, true), { disabled: !any, class: 'quiet' }),
      );
      const focused = document.activeElement?.closest('.findings') ? focusedKey() : undefined;
      list.replaceChildren(...findings.map(finding => item(app, finding, generation)));
      if (focused) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

function focusedKey(): string | undefined {
  return document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
}

/** How many there are, in words. */
export function summary(findings: readonly ShownFinding[]): string {
  if (findings.length === 0) return 'Nothing is wrong that Prosodist knows of.';
  const count = (severity: ShownFinding['severity'], one: string) => {
    const number = findings.filter(finding => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${one}${number === 1 ? '' : 's'}`];
  };
  return `${[...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'remark')].join(', ')}.`;
}

function item(app: App, finding: ShownFinding, generation: number): HTMLLIElement {
  const { rule, severity, message, why, help, at, related, fix } = finding;
  const key = `${rule} ${placeText(at)}`;
  return element(
    'li',
    { class: `finding ${severity}` },
    element(
      'p',
      { class: 'what' },
      element('span', { class: `badge ${severity}` }, WORDS[severity]),
      ' ',
      element('strong', {}, prose(message)),
    ),
    why ? element('p', {}, prose(why)) : null,
    help ? element('p', {}, element('span', { class: 'soft' }, 'To do: '), prose(help)) : null,
    related.length > 0
      ? element(
          'ul',
          { class: 'related' },
          related.map(other => element('li', {}, prose(other.message), ' ', placeLink(app, other.at))),
        )
      : null,
    element(
      'div',
      { class: 'acts' },
      placeLink(app, at, key),
      fix
        ? button(fix.safety === 'safe' ? 'Fix' : 'Fix (unsafe)', () => fixOne(app, finding, generation), {
            title: fix.title,
            class: 'fix',
            'aria-label': `${fix.safety === 'safe' ? 'Fix' : 'Fix (unsafe)'}: ${fix.title}`,
          })
        : null,
      element(
        'details',
        { class: 'menu' },
        element('summary', { 'aria-label': `Hide ${rule}` }, 'Hide…'),
        element(
          'div',
          { class: 'menu-items' },
          button('at this place', () => ignore(app, finding, generation, 'line')),
          button('in this file', () => ignore(app, finding, generation, 'file')),
        ),
      ),
      button(rule, () => app.explain(rule), { class: 'rule', 'aria-label': `Explain ${rule}` }),
    ),
  );
}

/** A place that can be gone to. */
export function placeLink(app: App, at: ShownFinding['at'], key?: string): HTMLButtonElement {
  return button(placeText(at), () => app.go(at), { class: 'place', 'data-key': key, title: 'Show it in the text' });
}

/** Takes the fix of a finding at once; it can be taken back. */
export async function fixOne(app: App, { id }: ShownFinding, generation: number): Promise<void> {
  await take(app, () => app.client.ask('fix', { id, generation }));
}

/** Writes the comment that hides a finding. */
export async function ignore(app: App, { id }: ShownFinding, generation: number, reach: 'line' | 'file'): Promise<void> {
  await take(app, () => app.client.ask('ignore', { id, generation, reach }));
}

async function take(app: App, ask: () => ReturnType<typeof app.client.ask<'fix'>>): Promise<void> {
  try {
    const made = await ask();
    if (isRefusal(made)) app.say(made.problem);
    else await app.apply(made);
  } catch (error) {
    app.say(messageOf(error));
  }
}

async function fixAll(app: App, unsafe: boolean): Promise<void> {
  app.flush();
  try {
    const made = await app.client.ask('fixAll', { unsafe });
    if (isRefusal(made)) app.say(made.problem);
    else if (await showChange(made)) await app.apply(made);
  } catch (error) {
    app.say(messageOf(error));
  }
}
