import { element } from './dom.js';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly panel: HTMLElement;
  /** Called when the tab is shown, and while it is shown whenever the configuration has changed. */
  readonly refresh?: () => void;
}

export interface Tabs {
  readonly node: HTMLElement;
  show(id: string): void;
  /** The configuration has changed. */
  refresh(): void;
  label(id: string, text: string): void;
}

/** Tabs as the ARIA practices have them: arrows go from one to the next, Tab goes on into the panel. */
export function makeTabs(name: string, tabs: readonly Tab[]): Tabs {
  let shown = tabs[0]!.id;
  const heads = tabs.map(tab =>
    element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}`, click: () => show(tab.id) },
      tab.label,
    ),
  );
  const strip = element('div', { role: 'tablist', 'aria-label': name, class: 'tabs', keydown: move }, heads);
  const panels = tabs.map(tab =>
    element(
      'div',
      { role: 'tabpanel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}`, tabindex: 0, class: 'panel' },
      tab.panel,
    ),
  );

  function show(id: string): void {
    shown = id;
    for (const [index, tab] of tabs.entries()) {
      const isShown = tab.id === id;
      heads[index]!.setAttribute('aria-selected', String(isShown));
      heads[index]!.tabIndex = isShown ? 0 : -1;
      panels[index]!.hidden = !isShown;
    }
    refresh();
  }

  function refresh(): void {
    tabs.find(tab => tab.id === shown)?.refresh?.();
  }

  function move(event: Event): void {
    const { key } = event as KeyboardEvent;
    const at = tabs.findIndex(tab => tab.id === shown);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[key];
    if (next === undefined) return;
    event.preventDefault();
    const to = (next + tabs.length) % tabs.length;
    show(tabs[to]!.id);
    heads[to]!.focus();
  }

  show(shown);
  return {
    node: element('div', { class: 'tabbed' }, strip, panels),
    show,
    refresh,
    label(id, text) {
      const at = tabs.findIndex(tab => tab.id === id);
      if (heads[at]) heads[at].textContent = text;
    },
  };
}
