import type { Rule } from '../rule.js';

export const loadError: Rule = {
  name: 'load-error',
  severity: 'error',
  summary: 'Prosody refuses this configuration: its program ends with an error.',
  fixable: 'never',
  source: 'core/configmanager.lua: an error while a file runs makes config.load fail; util/startup.lua prints it and ends',
  since: '0.1.0',
  check: {
    configuration({ configuration, report, complete }) {
      const { errors, stopped, entry } = configuration;
      // where text was lost to a syntax error, what follows may be its consequence
      const told = errors.some(error => error.kind === 'syntax') ? [] : errors;
      const real = complete ? told : told.filter(error => !DEPENDS_ON_THE_REST.test(error.message));
      for (const error of real) {
        report({
          message: error.message,
          why: 'Prosody prints this error and does not start; on a reload it keeps the old configuration.',
          help: remedy(error.message),
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

/** In a lone file: a name that another file may set, a section that it may open, a file that may be beside it. */
const DEPENDS_ON_THE_REST =
  /\(global '|^Error loading included|^cannot open|No such file or directory$|clashes with previously defined/;

/** What to do about the errors that configurations make most often. */
function remedy(message: string): string {
  for (const [pattern, help] of REMEDIES) if (pattern.test(message)) return help;
  return 'Correct the expression at this place.';
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^Error loading included|^cannot open/,
    'Correct the path (it counts from the folder of the including file), or remove the Include.',
  ],
  [/No such file or directory$/, 'Give an existing file; Prosody needs a name that ends in `.lua`.'],
  [/clashes with previously defined/, 'Give the component a sub-domain of its own, such as conference.example.com.'],
  [/must have a name/, 'Write the name in quotes.'],
  [/forbidden characters/, 'Use a domain name: letters, digits, hyphens and dots.'],
  [/^attempt to call a nil value \(global/, 'Set the option with `=`, or correct the name of the function.'],
  [/^attempt to call a table value/, "Put `=` behind the option's name."],
  [/^attempt to index a nil value \(global/, 'Write the whole table: `name = { key = value }`.'],
  [/do not accept a module name/, 'A module belongs to a Component; for a virtual host list it in `modules_enabled`.'],
  [/^C stack overflow/, 'Remove the Include that leads back to a file that includes this one.'],
];
