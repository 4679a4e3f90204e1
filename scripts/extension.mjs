// What belongs together in the extension: the tables of its README and what package.json contributes, the words in the sources and
// those in the files that translators get.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The README with its tables made from the manifest.
 * @param {string} folder of the extension
 */
export function extensionReadme(folder) {
  const { contributes } = JSON.parse(manifestOf(folder));
  return [
    ['settings', settingsTable(contributes.configuration.properties)],
    ['commands', commandsTable(contributes)],
  ].reduce(
    (text, [name, rows]) => {
      const marks = new RegExp(`(<!-- ${name}: [^\n]*-->\n)[^]*?(<!-- /${name} -->)`);
      if (!marks.test(text)) throw new Error(`extension/README.md has no place for the ${name}`);
      return text.replace(marks, (_, begin, end) => `${begin}${rows.join('\n')}\n${end}`);
    },
    readFileSync(path.join(folder, 'README.md'), 'utf8'),
  );
}

/**
 * What is amiss with the words: messages without an entry, entries without a message, `%keys%` alike.
 * @param {string} folder of the extension
 * @returns {string[]} one sentence each
 */
export function extensionWords(folder) {
  const said = new Set(sources(path.join(folder, 'src')).flatMap(messagesOf));
  const bundle = Object.keys(JSON.parse(readFileSync(path.join(folder, 'l10n/bundle.l10n.json'), 'utf8')));
  const asked = new Set(
    [...readFileSync(path.join(folder, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key),
  );
  const names = Object.keys(JSON.parse(readFileSync(path.join(folder, 'package.nls.json'), 'utf8')));
  return [
    ...drift('l10n/bundle.l10n.json', said, bundle, 'extension/src says'),
    ...drift('package.nls.json', asked, names, 'package.json asks for'),
  ];
}

function drift(file, wanted, there, who) {
  const has = new Set(there);
  return [
    ...[...wanted].filter(text => !has.has(text)).map(text => `extension/${file} lacks ${JSON.stringify(text)}, which ${who}`),
    ...there
      .filter(text => !wanted.has(text))
      .map(text => `extension/${file} has ${JSON.stringify(text)}, which nothing asks for`),
  ];
}

/** The first argument of every `l10n.t(…)`; one that is no plain text cannot be translated, and is an error. */
function messagesOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/\bl10n\.t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")?/g)].map(
    ({ 1: single, 2: double, index }) => {
      const message = single ?? double;
      if (message === undefined) throw new Error(`${file}: l10n.t at offset ${index} has no plain text`);
      return message.replace(/\\(.)/g, '$1');
    },
  );
}

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => path.join(folder, name));
}

/** package.json with its words in place of their keys. */
function manifestOf(folder) {
  const words = JSON.parse(readFileSync(path.join(folder, 'package.nls.json'), 'utf8'));
  return readFileSync(path.join(folder, 'package.json'), 'utf8').replace(/"%([\w.]+)%"/g, (key, name) =>
    JSON.stringify(words[name] ?? key),
  );
}

function settingsTable(properties) {
  const rows = Object.entries(properties).map(([name, setting]) => {
    const values = setting.enum?.map((value, index) => {
      const meaning = setting.enumDescriptions?.[index];
      return meaning ? `\`${value}\`: ${meaning}` : `\`${value}\``;
    });
    const meaning = [setting.markdownDescription ?? setting.description, ...(values ? [values.join(' ')] : [])].join(' ');
    return `| \`${name}\` | ${setting.default === '' ? 'empty' : `\`${setting.default}\``} | ${cell(meaning)} |`;
  });
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows];
}

const MENUS = {
  'editor/title': 'title of the editor',
  'editor/context': 'menu of the editor',
  'view/title': 'title of the view _Prosody_',
  'view/item/context': 'items of the view _Prosody_',
};

function commandsTable({ commands, menus }) {
  const rows = commands.map(({ command, title }) => {
    const places = Object.entries(menus)
      .filter(([, items]) => items.some(item => item.command === command))
      .map(([menu]) => MENUS[menu] ?? menu);
    return `| ${cell(title)} | \`${command}\` | ${places.join(', ')} |`;
  });
  return ['| Command | For shortcuts | Also in |', '|---|---|---|', ...rows];
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
