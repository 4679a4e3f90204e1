import type { Change } from '../protocol.js';
import { ask } from './dialog.js';
import { diffView } from './diff-view.js';

/** Shows what would be changed. Out: whether to do it. */
export async function showChange({ title, diff }: Change): Promise<boolean> {
  return (await ask(sentence(title), [diffView(diff, 'What would be changed')], ['Apply'])) === 'Apply';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
