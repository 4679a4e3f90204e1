import type { PatchScope } from '@prosodist/core';
import { isRefusal, type Judged } from '../protocol.js';
import { type App, messageOf } from './app.js';
import { diffView } from './diff-view.js';
import { button, element } from './dom.js';
import { placeLink } from './findings.js';
import { type Field, FORMS, WrongInput } from './operation-forms.js';

/** A small form for each operation of the patcher; it shows the diff, and applies it when that is wanted. */
export function operationsPanel(app: App): { readonly node: HTMLElement; refresh(): void } {
  const choice = element(
    'select',
    { id: 'operation', change: () => show() },
    FORMS.map(({ op, label }) => element('option', { value: op }, label)),
  );
  const fields = element('div', { class: 'fields' });
  const result = element('div', { class: 'outcome', 'aria-live': 'polite' });
  const form = element(
    'form',
    { submit: event => submit(event), novalidate: true },
    element('div', { class: 'field' }, element('label', { for: 'operation' }, 'Operation'), choice),
    fields,
    element('div', { class: 'acts' }, element('button', { type: 'submit', class: 'main' }, 'Show the diff')),
  );
  const current = () => FORMS.find(({ op }) => op === choice.value) ?? FORMS[0]!;
  const sections = () => app.judged()?.sections ?? [];

  function show(): void {
    fields.replaceChildren(...current().fields.map(field => fieldNode(field, sections())));
    result.replaceChildren();
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    app.flush();
    const typed = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)]));
    try {
      const made = await app.client.ask('operate', current().make(typed, scopeOf(typed.scope ?? '*', sections())));
      if (isRefusal(made)) result.replaceChildren(element('p', {}, made.problem), ...(made.at ? [placeLink(app, made.at)] : []));
      else {
        const apply = button('Apply', () => void app.apply(made).then(() => result.replaceChildren()), { class: 'main' });
        const title = element('p', {}, made.title);
        result.replaceChildren(title, diffView(made.diff, 'What would be changed'), element('div', { class: 'acts' }, apply));
      }
    } catch (error) {
      result.replaceChildren(element('p', { class: 'wrong' }, error instanceof WrongInput ? error.message : messageOf(error)));
    }
  }

  return {
    node: element('div', {}, form, result),
    refresh() {
      const before = new FormData(form);
      fields.replaceChildren(...current().fields.map(field => fieldNode(field, sections())));
      // what was typed stays when the configuration has changed
      for (const [key, value] of before) {
        const input = form.elements.namedItem(key);
        if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.value = String(value);
        else if (input instanceof HTMLSelectElement && [...input.options].some(option => option.value === value))
          input.value = String(value);
      }
    },
  };
}

function scopeOf(name: string, sections: Judged['sections']): PatchScope {
  const kind = sections.find(section => section.name === name)?.kind;
  if (kind === 'component') return { component: name };
  return kind === 'host' ? { host: name } : 'global';
}

function fieldNode({ key, label, kind, hint }: Field, sections: Judged['sections']): HTMLElement {
  const id = `field-${key}`;
  const described = hint === undefined ? undefined : `${id}-hint`;
  const attributes = {
    id,
    name: key,
    'aria-describedby': described,
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'off',
  };
  const offered = sections.filter(section => kind === 'scope' || section.kind !== 'global');
  const input =
    kind === 'scope' || kind === 'host'
      ? element(
          'select',
          { id, name: key },
          offered.map(({ name }) => element('option', { value: name }, name === '*' ? 'global section' : name)),
        )
      : kind === 'value'
        ? element('textarea', { ...attributes, rows: 2 })
        : element('input', { ...attributes, type: 'text' });
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    input,
    hint === undefined ? null : element('p', { id: `${id}-hint`, class: 'hint' }, hint),
  );
}
