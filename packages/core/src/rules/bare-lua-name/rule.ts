import type { Origin } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule, RuleContext } from '../rule.js';
import { sourceOf } from '../support/source.js';

export const bareLuaName: Rule = {
  name: 'bare-lua-name',
  severity: 'info',
  summary: 'A part of Lua is used by its bare name, which Prosody 13 takes amiss: there it is `Lua.` and the name.',
  fixable: 'always',
  source: 'core/configmanager.lua of 13.0: "direct usage of the Lua API is deprecated"',
  since: '0.1.0',
  check: {
    configuration(context) {
      const uses = new Map<string, Origin[]>();
      for (const { text, origin } of context.configuration.warnings) {
        const name = /: direct usage of the Lua API is deprecated - replace `(\w+)` with/.exec(text)?.[1];
        if (name === undefined || !isUse(context, name, origin)) continue;
        const key = JSON.stringify([origin.file, name]);
        uses.set(key, [...(uses.get(key) ?? []), origin]);
      }
      for (const [key, places] of uses) report(context, (JSON.parse(key) as [string, string])[1], places);
    },
  },
};

/** `os.getenv("X")`, `tostring(5)`: a word that stands alone is a text without its quotes, and told as that. */
function isUse({ configuration }: RuleContext, name: string, origin: Origin): boolean {
  const text = configuration.documents.get(origin.file)?.text ?? '';
  return sourceOf(configuration, origin) === name && /^\s*[.:([{"']/.test(text.slice(origin.end, origin.end + 50));
}

function report(context: RuleContext, name: string, places: readonly Origin[]): void {
  const [first] = places;
  if (!first) return;
  // a loop, or a file that is read twice, comes to one place more than once
  const starts = [...new Set(places.map(({ start }) => start))].sort((a, b) => a - b);
  context.report({
    message: `\`${name}\` is used by its bare name${starts.length > 1 ? `, ${starts.length} times in this file` : ''}`,
    why: 'Prosody 13 warns of each use when it starts ("direct usage of the Lua API is deprecated"), because a name without quotes is most often a slip.',
    help: `Write \`Lua.${name}\` where the configuration is for 13.0 and later only: 0.12 does not know \`Lua\`.`,
    at: { ...first, start: starts[0]!, end: starts[0]! + name.length },
    fix: {
      title: `Write \`Lua.${name}\``,
      safety: 'unsafe',
      ...editsOnly(starts.map(start => ({ file: first.file, start, end: start, text: 'Lua.' }))),
    },
  });
}
