import { findOption } from '../../catalog/index.js';
import type { Configuration } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';

export const loadError: Rule = {
  name: 'load-error',
  severity: 'error',
  summary: 'Prosody refuses this configuration: its program ends with an error.',
  fixable: 'never',
  source: 'core/configmanager.lua: an error while a file runs makes config.load fail; util/startup.lua prints it and ends',
  since: '0.1.0',
  check: {
    configuration({ configuration, report, placed }) {
      const { errors, stopped, entry } = configuration;
      // where text was lost to a syntax error, what follows may be its consequence
      const told = errors.some(error => error.kind === 'syntax') ? [] : errors;
      const real = placed ? told : told.filter(error => !DEPENDS_ON_THE_REST.test(error.message));
      for (const error of real) {
        report({
          message: error.message,
          why: 'Prosody prints this error and does not start; on a reload it keeps the old configuration.',
          help: remedy(error.message, configuration),
          at: error.origin ?? { file: entry, start: 0, end: 0 },
        });
      }
      if (stopped) {
        report({
          message: `reading the configuration was given up: ${stopped.reason}`,
          why: 'What comes behind this place was not judged.',
          help: 'Look for a loop or a recursion without end.',
          at: stopped.origin ?? { file: entry, start: 0, end: 0 },
        });
      }
    },
  },
};

/** In a lone file: a name that another file may set, a section that it may open, a file that may be beside it, a name that only a main file needs. */
const DEPENDS_ON_THE_REST =
  /\(global '|^Error loading included|^cannot open|No such file or directory$|^no parser|clashes with previously defined/;

/** What to do about the errors that configurations make most often. */
function remedy(message: string, { version, sections }: Configuration): string {
  const [, name = ''] = /^attempt to .* a nil value \(global '(\w+)'\)/.exec(message) ?? [];
  if (version === '0.12' && NEW_NAMES.has(name)) return `\`${name}\` came with Prosody 13.0; 0.12 does not have it.`;
  const isOption = findOption(name, version) !== undefined || [...sections.values()].some(({ options }) => options.has(name));
  if (name !== '' && isOption) {
    if (!/^attempt to (?:call|index)/.test(message))
      return `An option is no variable${version === '0.12' ? '' : ' outside the section that it is set in'}: keep the value in one, local ${name}_value = …, and use that.`;
    return version === '0.12'
      ? `Write the whole value with \`=\`: an option can be appended to, or read, in Prosody 13.0 and later only.`
      : `Set \`${name}\` with \`=\` in this section first: what is appended to must be there, and the global section's value does not count here.`;
  }
  for (const [pattern, help] of REMEDIES) if (pattern.test(message)) return help;
  return 'Correct the expression at this place.';
}

/** What core/configmanager.lua of 13.0 added to the language. */
const NEW_NAMES = new Set(['Lua', 'FileContents', 'FileLine', 'FileLines', 'Credential']);

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^Error loading included|^cannot open/,
    'Correct the path (it counts from the folder of the including file), or remove the Include.',
  ],
  [/No such file or directory$/, 'Give an existing file; Prosody needs a name that ends in `.lua`.'],
  [
    /^bad argument #2 to 'format' \(number expected, got nil\)/,
    'Prosody means to warn of this line, as set twice or as use of Lua itself, and fails because the path of the file has 60 characters or more: mend the line, or shorten the path.',
  ],
  [/^no parser/, 'Give Prosody a main file whose name ends in `.lua`.'],
  [/clashes with previously defined/, 'Give the component a sub-domain of its own, such as conference.example.com.'],
  [/must have a name/, 'Write the name in quotes.'],
  [/forbidden characters/, 'Use a domain name: letters, digits, hyphens and dots.'],
  [/^attempt to call a nil value \(global/, 'Set the option with `=`, or correct the name of the function.'],
  [/^attempt to call a table value/, "Put `=` behind the option's name."],
  [/^attempt to index a nil value \(global/, 'Write the whole table: `name = { key = value }`.'],
  [/do not accept a module name/, 'A module belongs to a Component; for a virtual host list it in `modules_enabled`.'],
  [/^C stack overflow/, 'Remove the Include that leads back to a file that includes this one.'],
];
