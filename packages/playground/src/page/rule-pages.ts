import { byId } from './dom.js';

let pages: Readonly<Record<string, string>> | undefined;

/** The page of a rule, in Markdown. They lie in the document as a text, which is not read before somebody asks. */
export function rulePageOf(rule: string): string {
  // written by scripts/playground.mjs
  pages ??= JSON.parse(byId('rule-pages', HTMLScriptElement).text) as Readonly<Record<string, string>>;
  return (Object.hasOwn(pages, rule) && pages[rule]) || `There is no page about ${rule}.`;
}
