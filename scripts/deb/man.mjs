// The man pages: prosodist(1) from the program's own help, prosodist-rules(7) from the rules' pages, prosodist.json(5) from its
// schema. Text goes through marked-man, which knows roff.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RULES, rulePage, settingsSchema } from '@prosodist/core';
import { root } from '../run.mjs';
import { leaves } from './commands.mjs';

/** In: the tree of commands, the version and the day of it. Out: the text of each page by its file name. */
export function manPages(tree, version, date) {
  const roff = (name, text) => [name, toRoff(text, name, version, date)];
  return Object.fromEntries([
    roff('prosodist.1', program(tree)),
    roff('prosodist-rules.7', rules()),
    roff('prosodist.json.5', settings()),
  ]);
}

function program(tree) {
  const commands = leaves(tree).map(
    command => `### ${command.path.join(' ')}\n\n${command.description}\n\n\`${command.usage}\`\n\n${options(command)}`,
  );
  return `# prosodist(1) -- checks and repairs the configuration of Prosody and Jitsi Meet

## SYNOPSIS

\`prosodist\` [options] command [arguments]

## DESCRIPTION

${tree.description} It reads the configuration as Prosody does, and never runs it. Nothing is written without \`--write\`.

## COMMANDS

${commands.join('\n\n')}

## OPTIONS OF EVERY COMMAND

${options(tree)}

## EXIT STATUS

 * 0: nothing at or above the threshold, nothing to change, or written
 * 1: findings, or something would change
 * 2: wrong use, or a failure of the tool
 * 3: an operation was refused, nothing was written
 * 4: a file changed since it was read, nothing was written

## FILES

 * \`/etc/prosody/prosody.cfg.lua\`: the configuration that is meant when none is named
 * \`prosodist.json\`: settings, see prosodist.json(5)
 * \`.prosodist/\`: what \`prosodist undo\` can take back

## SEE ALSO

prosodist-rules(7), prosodist.json(5), prosodyctl(8)
`;
}

const options = ({ options: all }) => all.map(({ flags, description }) => ` * \`${flags}\`: ${description}`).join('\n');

function rules() {
  const pages = RULES.map(rule => {
    const text = withoutFences(rulePage(rule.name) ?? '');
    return text.replace(/^# .*$/m, `## ${rule.name} (${rule.severity})`).replace(/^(#{2,}) (?!.*\()(?=[A-Z])/gm, '### ');
  });
  return `# prosodist-rules(7) -- what prosodist reports

${pages.join('\n\n')}

## SEE ALSO

prosodist(1)
`;
}

// A caret that points at a place in the line above is for the tests of the page.
const withoutFences = text => text.replace(/^ *(?:-- )? *\^+ .*$\n/gm, '').replace(/^```lua.*$/gm, '```');

function settings() {
  const { properties = {} } = settingsSchema();
  const entries = Object.entries(properties).map(
    ([name, property]) => `### ${name}\n\n${property.description}${values(property)}`,
  );
  return `# prosodist.json(5) -- settings of prosodist

## DESCRIPTION

JSON, in the folder of the configuration or one above it; the nearest counts. Comments are allowed.

## PROPERTIES

${entries.join('\n\n')}

## EXAMPLE

    { "entry": "prosody.cfg.lua", "prosody": "13.0", "rules": { "debug-log": "off" } }

## SEE ALSO

prosodist(1), prosodist-rules(7)
`;
}

function values({ enum: choices, default: usual, properties }) {
  const levels = Object.values(properties ?? {})[0]?.enum;
  const taken = choices ? ` One of ${choices.join(', ')}.` : levels ? ` Each one of ${levels.join(', ')}.` : '';
  return usual === undefined ? taken : `${taken} Without it: ${usual}.`;
}

function toRoff(text, name, version, date) {
  const args = [
    join(root, 'node_modules/marked-man/bin/marked-man.js'),
    '--version',
    `prosodist ${version}`,
    '--date',
    date,
    '--no-breaks',
  ];
  const { status, stdout, stderr } = spawnSync('node', args, { input: text, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`marked-man could not make ${name}: ${stderr}`);
  return stdout;
}
