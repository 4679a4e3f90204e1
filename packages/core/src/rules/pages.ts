import { pages } from './pages.generated.js';

let made: Readonly<Record<string, string>> | undefined;

/**
 * A rule's page: Markdown with what the rule reports, why it matters, examples and what to write instead.
 * @returns `undefined` for a name that no rule has
 */
export function rulePage(name: string): string | undefined {
  made ??= pages();
  return Object.hasOwn(made, name) ? made[name] : undefined;
}
