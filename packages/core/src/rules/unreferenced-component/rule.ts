import { components, effective, GLOBAL, listEntries, openReason, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { textOf } from '../support/ldap-table.js';
import { isOnHere } from '../support/module-entries.js';
import { sectionsAreKnown } from '../support/sections.js';

export const unreferencedComponent: Rule = {
  name: 'unreferenced-component',
  severity: 'info',
  summary: 'No virtual host tells its users of a component: it is below none, and in no `disco_items`.',
  fixable: 'never',
  source: 'plugins/mod_disco.lua; util/prosodyctl/check.lua: "Your configuration contains the following unreferenced components"',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const { configuration } = context;
      const running = [...configuration.sections.values()].filter(
        section => section.name !== GLOBAL && isOnHere(context, section),
      );
      const referenced = referencedNames(
        context,
        running.map(({ name }) => name),
      );
      if (!referenced) return;
      const names = new Set(running.map(section => section.name));
      for (const component of components(configuration)) {
        const { name, openings } = component;
        const parent = /^[^.]+\.(.+)$/.exec(name)?.[1];
        const isLinked = (parent !== undefined && names.has(parent)) || referenced.has(name);
        if (/@|\.\./.test(name) || !names.has(name) || isLinked || !openings[0]) continue;
        context.report({
          message: `no host tells its users of \`${name}\``,
          why: `Clients find services by asking their own server. Prosody names the components below a host, and those in its \`disco_items\`; ${parent ? `\`${parent}\` is no host here` : 'this is below none'}.`,
          help: `Write \`disco_items = { { "${name}" } }\` below the virtual host whose users shall find it. If programs know its name without asking, ignore this.`,
          at: openings[0].nameOrigin,
        });
      }
    },
  },
};

/** The names in all `disco_items`; undefined where they are not all known. */
function referencedNames({ configuration }: RuleContext, scopes: readonly string[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const scope of scopes) {
    const value = effective(configuration, scope, 'disco_items')?.value;
    if (!value || value.kind === 'nil') continue;
    if (!isKnown(value)) return undefined;
    if (value.kind !== 'table') continue;
    for (const { value: item } of listEntries(value)) {
      if (!isKnown(item)) return undefined;
      const first = item.kind === 'table' ? item.table.entries.get(1)?.value : undefined;
      if (first?.kind === 'unknown') return undefined;
      // malformed entries are told as that, and what they mean is plain
      const name = textOf(first) ?? textOf(item);
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

function isKnown(value: Value): boolean {
  return value.kind !== 'unknown' && !(value.kind === 'table' && (value.proxy || openReason(value) !== undefined));
}
