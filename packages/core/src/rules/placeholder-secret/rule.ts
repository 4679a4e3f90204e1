import { isSecret } from '../../catalog/index.js';
import type { Key, Origin, Table, Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { placeholderIn } from '../support/placeholder.js';

export const placeholderSecret: Rule = {
  name: 'placeholder-secret',
  severity: 'warning',
  summary: 'A password or secret is still the word that an example has in its place.',
  fixable: 'never',
  source:
    'the words that guides and templates write: prosody.cfg.lua.dist ("password", "secret"), docker-jitsi-meet ("changeme")',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const { configuration } = context;
      if (configuration.documents.get(setting.origin.file)?.template) return;
      // what does not hold is told as a duplicate
      if (configuration.sections.get(setting.scope)?.options.get(setting.name)?.setting !== setting) return;
      look(context, setting.name, setting.value, [], setting.valueOrigin, new Set());
    },
  },
};

/** Words that stand in examples, whatever case and separators they have. */
const WORDS = new Set([
  'secret',
  'mysecret',
  'yoursecret',
  'password',
  'passwd',
  'mypassword',
  'yourpassword',
  'changeme',
  'changethis',
  'replaceme',
]);

/** Nothing but a mark for "something of yours": `<password>`, `[secret]`, `...`, `xxxx`. */
const MARK = /^(?:<[^<>]*>|<<.*>>|\[[^\]]*\]|\.{3,}|\u2026|x{3,}|\*{3,})$/i;

function look(
  context: RuleContext,
  option: string,
  value: Value,
  path: readonly (string | number)[],
  at: Origin,
  seen: Set<Table>,
): void {
  if (value.kind === 'table') {
    if (seen.has(value.table)) return;
    seen.add(value.table);
    for (const [key, entry] of value.table.entries)
      if (isPart(key)) look(context, option, entry.value, [...path, key], entry.value.origin ?? entry.origin ?? at, seen);
    return;
  }
  if (value.kind !== 'string' || !isSecret(option, path)) return;
  const isWord = WORDS.has(value.value.toLowerCase().replace(/[^a-z]/g, '')) && /^[a-z _-]+$/i.test(value.value);
  // a password may have a `$` in it: the placeholder has to be all of it
  if (!isWord && !MARK.test(value.value) && placeholderIn(value.value)?.text !== value.value) return;
  const name = [option, ...path].reduce((whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : `${whole}.${part}`));
  context.report({
    message: `\`${name}\` is still what an example has in its place`,
    why: 'Where it is to be a secret, everybody can guess it; where it is a password that the other side knows, it is refused.',
    help: isWord
      ? 'Choose a long one by chance (`openssl rand -base64 24`), the same on both sides.'
      : 'Write the real one here.',
    at: value.origin ?? at,
  });
}

function isPart(key: Key): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}
