import { PAGES } from './pages.generated.js';

/**
 * A rule's page: Markdown with what the rule reports, why it matters, examples and what to write instead.
 * @returns `undefined` for a name that no rule has
 */
export function rulePage(name: string): string | undefined {
  return Object.hasOwn(PAGES, name) ? PAGES[name] : undefined;
}
