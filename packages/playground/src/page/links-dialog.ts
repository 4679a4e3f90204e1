import type { Project } from '../protocol.js';
import { unlinkedFiles, withLinksTo } from './collect.js';
import { ask } from './dialog.js';
import { element } from './dom.js';

/** Asks which files were linked, where the browser has left the links out. Out: the project with these links. */
export async function askForLinks(project: Project): Promise<Project> {
  const unlinked = unlinkedFiles(project);
  if (unlinked.length === 0) return project;
  const choices = unlinked.map((path, index) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    // Debian's example is there on every machine, and linked on hardly any
    const box = element('input', { type: 'checkbox', id: `link-${index}`, checked: !name.startsWith('example.com') });
    return { path, box, node: element('div', { class: 'check' }, box, element('label', { for: box.id }, name)) };
  });
  const chosen = await ask(
    'Which files are in use?',
    [
      element(
        'p',
        {},
        'This browser leaves symbolic links out, and with them all of conf.d. Choose the files of conf.avail that are linked there.',
      ),
      ...choices.map(({ node }) => node),
    ],
    ['Open'],
    'None of them',
  );
  return chosen === undefined
    ? project
    : withLinksTo(
        project,
        choices.flatMap(({ path, box }) => (box.checked ? [path] : [])),
      );
}
