import { components, effective, type Opening, type Origin } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn } from '../support/hosts.js';
import { moduleOf, sectionsAreKnown } from '../support/sections.js';
import { replacement } from '../support/source.js';

export const missingComponentSecret: Rule = {
  name: 'missing-component-secret',
  severity: 'warning',
  summary: 'An external component has no secret, so no program can connect as it.',
  fixable: 'sometimes',
  source:
    'plugins/mod_component.lua (0.12: 72, 13.0: 73): "Component attempted to identify as %s, but component_secret is not set"',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      for (const component of components(context.configuration)) {
        const secret = effective(context.configuration, component.name, 'component_secret');
        const missing = !secret || secret.value.kind === 'nil';
        // opened with a module at one place and without at another, the module is what is amiss
        if (
          moduleOf(component) !== 'component' ||
          !missing ||
          !isOn(component) ||
          component.openings.some(({ module }) => module)
        )
          continue;
        // an empty reference in a name nobody defined is told by another rule
        if (secret && secret.value.kind === 'nil' && secret.value.unset) continue;
        const opening = component.openings[0];
        if (!opening) continue;
        const second = secondArgument(context, opening);
        context.report({
          message: second
            ? `\`${component.name}\` is an external component without \`component_secret\`: "${second.module}" within the parentheses is not looked at`
            : `\`${component.name}\` is an external component, but has no \`component_secret\``,
          why: second
            ? `Prosody waits for a program to connect as this component; mod_${second.module} is not loaded, and nothing is logged.`
            : 'Prosody refuses every program that wants to connect as this component.',
          help: second
            ? `Write the module behind them: \`Component "${opening.written}" "${second.module}"\`.`
            : 'Write `component_secret = "…"` below it; or, if a module of Prosody is to serve it, name the module: `Component "…" "muc"`.',
          at: placeOf(opening),
          fix: second
            ? replacement(`Write "${second.module}" behind the parentheses`, 'unsafe', second.at, `) "${second.module}"`)
            : null,
        });
      }
    },
  },
};

/** `Component("rooms.example.org", "muc")`: the module that is given where the function has no parameter. */
function secondArgument({ configuration }: RuleContext, { origin }: Opening): { module: string; at: Origin } | undefined {
  const { file, start } = origin;
  const text = configuration.documents.get(file)?.text.slice(start, start + 400) ?? '';
  const match = /^(Component\s*\(\s*(?:"[^"\n]*"|'[^'\n]*'|[\w.]+))\s*,\s*(["'])(\w+)\2\s*\)/.exec(text);
  return match ? { module: match[3]!, at: { file, start: start + match[1]!.length, end: start + match[0].length } } : undefined;
}

/** The name where it is written; of one that was made elsewhere, the whole opening. */
function placeOf({ origin, nameOrigin }: Opening): Origin {
  const inside = nameOrigin.file === origin.file && origin.start <= nameOrigin.start && nameOrigin.end <= origin.end;
  return inside ? nameOrigin : origin;
}
