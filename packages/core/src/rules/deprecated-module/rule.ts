import type { ProsodyVersion } from '../../catalog/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { withoutEntry } from '../support/list-entry.js';
import { type ModuleEntry, moduleEntries } from '../support/module-entries.js';
import { replacement, sourceOf } from '../support/source.js';

export const deprecatedModule: Rule = {
  name: 'deprecated-module',
  severity: 'info',
  summary: 'A module in `modules_enabled` does nothing any more, or has another name.',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua of 13.0 (posix) and 13.0.2 (admin_telnet); plugins/mod_posix.lua of 13.0, plugins/mod_pep_plus.lua, plugins/mod_admin_telnet.lua',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const entry of moduleEntries(context, ['modules_enabled'])) {
        const module = Object.hasOwn(MODULES, entry.name) ? MODULES[entry.name] : undefined;
        if (!module?.versions.includes(context.version)) continue;
        context.report({
          message: `mod_${entry.name} ${module.message}`,
          why: module.why,
          help: module.instead ? `Write "${module.instead}".` : `Remove "${entry.name}" from the list.`,
          at: entry.at,
          fix: fixOf(context, entry, module),
        });
      }
    },
  },
};

interface Deprecated {
  readonly versions: readonly ProsodyVersion[];
  readonly message: string;
  readonly why: string;
  readonly instead?: string;
  /** Whether the other one does the same. */
  readonly same: boolean;
}

const MODULES: Readonly<Record<string, Deprecated>> = {
  posix: {
    versions: ['13.0'],
    message: 'does nothing in Prosody 13',
    why: 'What it did is part of the server now; the module is empty, and is to go.',
    same: true,
  },
  pep_plus: {
    versions: ['0.12', '13.0'],
    message: 'is called mod_pep',
    why: 'Prosody loads mod_pep in its place, and logs an error for each host.',
    instead: 'pep',
    same: true,
  },
  admin_telnet: {
    versions: ['13.0'],
    message: 'is being replaced by mod_admin_shell',
    why: 'Everybody on the machine can connect to its port 5582 without a password; `prosodyctl shell` does the same through a socket that only administrators can open.',
    instead: 'admin_shell',
    same: false,
  },
};

function fixOf({ configuration }: RuleContext, entry: ModuleEntry, { instead, same }: Deprecated): Fix | null {
  if (!entry.isLiteral()) return null;
  const safety = same ? 'safe' : 'unsafe';
  const others = entry.setting.value.kind === 'table' ? [...entry.setting.value.table.entries.values()] : [];
  const isThere = others.some(({ value }) => value.kind === 'string' && value.value === instead);
  if (instead === undefined || isThere) {
    const edit = withoutEntry(configuration, entry.at);
    return edit ? { title: `Remove "${entry.name}" from the list`, safety, ...editsOnly([edit]) } : null;
  }
  const quote = sourceOf(configuration, entry.at).startsWith("'") ? "'" : '"';
  return replacement(`Write "${instead}"`, safety, entry.at, quote + instead + quote);
}
