import { editsOnly } from '../../patch/change.js';
import type { Rule } from '../rule.js';

export const syntaxError: Rule = {
  name: 'syntax-error',
  severity: 'error',
  summary: 'The file is not valid Lua, so Prosody does not start.',
  fixable: 'sometimes',
  source: 'core/configmanager.lua: parser.load hands the whole file to Lua and refuses the configuration on its first error',
  since: '0.1.0',
  check: {
    document({ report }, document, file) {
      for (const problem of document.problems) {
        const { repair } = problem;
        report({
          message: problem.message,
          why: 'Prosody refuses the whole configuration and does not start; on a reload it keeps the old one.',
          help: problem.help,
          at: { file, start: problem.start, end: problem.end },
          fix: repair
            ? {
                title: repair.title,
                safety: 'safe',
                ...editsOnly([{ file, start: repair.start, end: repair.end, text: repair.text }]),
              }
            : null,
        });
      }
    },
  },
};
