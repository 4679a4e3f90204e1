// npm run new-rule -- NAME --option OPTION --value LUA [--severity error|warning|info]: a rule that works, to go on from. It reports
// an option that has a value which is a mistake; its folder, its page with examples, and its line in the list are made.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './run.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { option: { type: 'string' }, value: { type: 'string' }, severity: { type: 'string', default: 'warning' } },
});
const [name] = positionals;
const { option, value, severity } = values;
const rules = join(root, 'packages/core/src/rules');
const folder = join(rules, name ?? '');

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name ?? '')) fail('a rule has a name of two words or more, such as `debug-log`');
if (existsSync(folder)) fail(`packages/core/src/rules/${name} is there already`);
if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(option ?? '')) fail('--option is missing: the option that the rule looks at');
if (!/^(true|false|-?\d+|"[^"\\]*")$/.test(value ?? ''))
  fail('--value is missing: true, false, a number or a text in quotes, as Lua has them');
if (!['error', 'warning', 'info'].includes(severity)) fail('--severity is error, warning or info');

const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const version = JSON.parse(readFileSync(join(root, 'lerna.json'), 'utf8')).version;
const kind = value.startsWith('"') ? 'string' : /\d/.test(value) ? 'number' : 'boolean';
const literal = kind === 'string' ? `'${value.slice(1, -1).replaceAll("'", "\\'")}'` : value;

mkdirSync(folder);
writeFileSync(join(folder, 'rule.ts'), ruleText());
writeFileSync(join(folder, 'rule.md'), pageText());
register();
console.log(`packages/core/src/rules/${name}/rule.ts: what it looks at and says
packages/core/src/rules/${name}/rule.md: its page; the examples are its tests
Say in both what the mistake does, then: npm run build && npm run docs && npm test -- -g ${name}`);

function ruleText() {
  return `import type { Rule } from '../rule.js';

export const ${camel}: Rule = {
  name: '${name}',
  severity: '${severity}',
  summary: '\`${option}\` is \`${value}\`.',
  fixable: 'never',
  source: 'the file of Prosody that reads \`${option}\`',
  since: '${version}',
  check: {
    setting({ report }, { name, value, valueOrigin, doubt }) {
      // what depends on something unknown is not reported
      if (name !== '${option}' || value.kind !== '${kind}' || value.value !== ${literal} || doubt !== undefined) return;
      report({
        message: '\`${option}\` is \`${value}\`',
        why: 'Say here what Prosody does with it, and what users see.',
        help: 'Say here what to write instead.',
        at: valueOrigin,
      });
    },
  },
};
`;
}

function pageText() {
  const line = `${option} = ${value}`;
  const carets = ' '.repeat(`${option} = `.length) + '^'.repeat(value.length);
  return `# ${name}

\`${option}\` is \`${value}\`.

## Why it matters

Say here what Prosody does with it, and what users see.

## Example

\`\`\`lua
${line}
${carets} ${severity}: \`${option}\` is
VirtualHost "example.org"
\`\`\`

## Use instead

\`\`\`lua
VirtualHost "example.org"
\`\`\`

## What Prosody says

Nothing.

## Sources

The file of Prosody that reads \`${option}\`.
`;
}

// The list is in the order of the alphabet where rules are imported; where they are listed the new one comes last.
function register() {
  const file = join(rules, 'index.ts');
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const line = `import { ${camel} } from './${name}/rule.js';`;
  const before = lines.findIndex(
    other => /^import \{ \w+ \} from '\.\/.*\/rule\.js';$/.test(other) && other.split("'")[1] > `./${name}/rule.js`,
  );
  lines.splice(before < 0 ? lines.findIndex(other => !other.startsWith('import')) : before, 0, line);
  const end = lines.lastIndexOf('];');
  lines.splice(end, 0, `  ${camel},`);
  writeFileSync(file, lines.join('\n'));
}

function fail(message) {
  console.error(`new-rule: ${message}`);
  process.exit(2);
}
