import { resolveLink } from '@prosodist/core';
import type { Judged, Project } from '../protocol.js';
import { button, element } from './dom.js';

/** The files of the configuration with the number of their findings; the one that is shown is marked. */
export function filesPanel(open: (file: string) => void): {
  readonly node: HTMLElement;
  show(project: Project, judged: Judged | undefined, file: string): void;
} {
  const node = element('ul', { class: 'files' });
  return {
    node,
    show(project, judged, shown) {
      node.replaceChildren(
        ...Object.keys(project.files)
          .sort()
          .map(path => fileItem(project, judged, path, shown, open)),
      );
    },
  };
}

function fileItem(
  project: Project,
  judged: Judged | undefined,
  path: string,
  shown: string,
  open: (file: string) => void,
): HTMLLIElement {
  const content = project.files[path];
  const name = path.replace(/^\/etc\/prosody\//, '');
  if (typeof content === 'object') {
    const target = resolveLink(path, content.link);
    return element(
      'li',
      {},
      button(`${name} → ${content.link}`, () => open(target), { class: 'file link', title: 'A symbolic link' }),
    );
  }
  const count = judged?.findings.filter(({ at }) => at.file === path).length ?? 0;
  const unread = judged && !judged.read.includes(path) && path.endsWith('.lua') ? 'Prosody does not read it' : '';
  const said = [count > 0 ? `${count} ${count === 1 ? 'finding' : 'findings'}` : '', unread]
    .filter(part => part !== '')
    .join(', ');
  return element(
    'li',
    {},
    element(
      'button',
      {
        type: 'button',
        class: `file${unread ? ' unread' : ''}`,
        'aria-current': path === shown ? 'true' : undefined,
        title: [path, unread].filter(part => part !== '').join(': '),
        click: () => open(path),
      },
      name,
      count > 0 ? element('span', { class: 'number', 'aria-hidden': 'true' }, String(count)) : null,
      said ? element('span', { class: 'hidden' }, ` (${said})`) : null,
    ),
  );
}
