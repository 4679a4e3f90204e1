import { button, element } from './dom.js';

/**
 * A dialog over the page; the browser keeps the focus in it and gives it back.
 * @param content what is asked or shown
 * @param acts labels of the buttons that end it, the main one first; "Cancel" or "Close" ends it too, as Escape does
 * @returns the label that was chosen; undefined for none
 */
export function ask(
  title: string,
  content: readonly (Node | string)[],
  acts: readonly string[],
  end = acts.length > 0 ? 'Cancel' : 'Close',
): Promise<string | undefined> {
  return new Promise(resolve => {
    let chosen: string | undefined;
    const finish = (label: string | undefined) => {
      chosen = label;
      dialog.close();
    };
    const dialog = element(
      'dialog',
      {
        'aria-labelledby': 'dialog-title',
        close: () => {
          dialog.remove();
          resolve(chosen);
        },
      },
      element('h2', { id: 'dialog-title', tabindex: -1, autofocus: true }, title),
      element('div', { class: 'dialog-body' }, content),
      element(
        'div',
        { class: 'dialog-acts' },
        acts.map((label, index) => button(label, () => finish(label), index === 0 ? { class: 'main' } : {})),
        button(end, () => finish(undefined)),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
