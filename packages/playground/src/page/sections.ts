import type { Judged } from '../protocol.js';
import { element } from './dom.js';

type Sections = Judged['sections'];

export interface SectionSelect {
  readonly node: HTMLElement;
  /** What is chosen; undefined where there is nothing to choose. */
  value(): string | undefined;
  /** Offers the sections of a configuration; what is chosen stays so where it is still there. */
  fill(sections: Sections): void;
}

let made = 0;

/** Hosts of Jitsi's own services, where no person logs in. */
const SERVICE = /^(?:auth|guest|recorder|hidden|jigasi|jvb|focus)\./;

/** A choice of a section of the configuration. At first, the host where people log in. */
export function sectionSelect(label: string, kinds: readonly Sections[number]['kind'][], changed: () => void): SectionSelect {
  made += 1;
  const id = `section-${made}`;
  const select = element('select', { id, change: changed });
  return {
    node: element('div', { class: 'field' }, element('label', { for: id }, label), select),
    value: () => (select.value === '' ? undefined : select.value),
    fill(sections) {
      const offered = sections.filter(({ kind }) => kinds.includes(kind));
      const before = select.value;
      select.replaceChildren(
        ...offered.map(({ name }) => element('option', { value: name }, name === '*' ? 'global section' : name)),
      );
      const people = offered.find(({ name, kind }) => kind === 'host' && name !== 'localhost' && !SERVICE.test(name));
      const chosen = offered.some(({ name }) => name === before) ? before : (people ?? offered[0])?.name;
      if (chosen !== undefined) select.value = chosen;
    },
  };
}
