import type { Rule } from '../rule.js';

export const swallowedSettings: Rule = {
  name: 'swallowed-settings',
  severity: 'warning',
  summary: 'Lines that were to be inserted stand behind a comment with `\\n` between them, so that all of it is comment.',
  fixable: 'never',
  source:
    'Lua 5.4 manual, 3.1: a comment goes on to the end of the line; `echo` without -e, and sed in some versions, write `\\n` as it is',
  since: '0.1.0',
  reach: 'section',
  check: {
    document({ report }, document, file) {
      for (const comment of document.comments) {
        const text = document.text.slice(comment.start, comment.end);
        if (text.includes('\n')) continue;
        const match = SWALLOWED.exec(text);
        if (!match) continue;
        const start = comment.start + match.index;
        report({
          message: `${match[1] ? `\`${match[1]}\`` : `the ${match[2]}`} behind this \`\\n\` is part of the comment`,
          why: 'The `\\n` is two characters here, not the end of a line: Prosody reads nothing of what follows.',
          help: 'Write each line on a line of its own.',
          at: { file, start, end: start + 2 },
        });
      }
    },
  },
};

/** Options and sections as a script writes them; prose about `\n` has no sign behind a name. */
const SWALLOWED = /\\n\s*(?:([A-Za-z_]\w*)\s*=\s*["{\w]|(VirtualHost|Component|Include)\s*["(])/;
