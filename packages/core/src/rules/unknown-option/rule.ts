import { findOption, type Meant, meantNames, optionNames, type ProsodyVersion, prosodyVersions } from '../../catalog/index.js';
import type { Configuration, Setting } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { replacement, sourceOf } from '../support/source.js';
import { listWords } from '../support/words.js';

export const unknownOption: Rule = {
  name: 'unknown-option',
  severity: 'warning',
  summary: 'No known module reads an option of this name, but of one much like it.',
  fixable: 'sometimes',
  source: 'the options that the modules of Prosody 0.12 and 13.0, prosody-modules and Jitsi Meet read (the catalogue)',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.name.startsWith('$[') || setting.value.kind === 'function' || isKnown(setting.name, context.version)) return;
      const { nearest, near } = meantBy(context, setting.name);
      // a module of one's own may read any option: only what looks like a slip is worth a word
      if (near.length === 0) return;
      context.report({
        message: `\`${setting.name}\` is not an option that Prosody or a known module reads; did you mean ${listWords(
          near.map(name => `\`${name}\``),
          'or',
        )}?`,
        why: 'Prosody keeps it and nobody asks for it: it has no effect, and nothing is logged.',
        help: `Correct the name. If a module of your own reads \`${setting.name}\`, ignore this.`,
        at: setting.nameOrigin,
        fix: nearest === undefined ? null : rename(context, setting, nearest),
      });
    },
  },
};

/** One slip may stand in a thousand hosts, and looking through all names takes its time. */
const found = new WeakMap<Configuration, Map<string, Meant>>();

function meantBy({ configuration, version }: RuleContext, name: string): Meant {
  const known = found.get(configuration) ?? new Map<string, Meant>();
  found.set(configuration, known);
  const meant = known.get(name) ?? meantNames(name, optionNames(version));
  known.set(name, meant);
  return meant;
}

/** Whether some version has the option. The one that is judged by is asked first: what the others know is mostly not wanted. */
function isKnown(name: string, own: ProsodyVersion): boolean {
  return findOption(name, own) !== undefined || prosodyVersions.some(version => findOption(name, version) !== undefined);
}

function rename({ configuration }: RuleContext, setting: Setting, name: string): Fix | null {
  if (
    sourceOf(configuration, setting.nameOrigin) !== setting.name ||
    configuration.sections.get(setting.scope)?.options.has(name)
  )
    return null;
  return replacement(`Rename to \`${name}\``, 'unsafe', setting.nameOrigin, name);
}
