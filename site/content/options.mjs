// Every option of the catalogue: a page a letter, a section an option.
import {
  allNames,
  code,
  findOption,
  LDAP_SETTINGS,
  optionNames,
  optionPage,
  optionProse,
  optionTable,
  prosodyVersions,
  SOURCES,
  versionsOf,
} from './core.mjs';

const TYPES = {
  string: 'text',
  boolean: '`true` or `false`',
  number: 'number',
  integer: 'whole number',
  period: 'period: seconds, or a text such as `"2 days"`',
  enum: 'one of some texts',
  list: 'list, in its order',
  set: 'list, in any order',
  table: 'table',
  path: 'path',
  'port-list': 'port, or list of ports',
  'interface-list': 'address, or list of addresses',
  ssl: 'table of TLS settings',
  certificate: 'path of a certificate',
  scalar: 'text, number or boolean',
  any: 'not known',
};

/** @returns {Record<string, string>} Markdown by path in the site */
export function optionPages() {
  const names = allNames(optionNames);
  const letters = grouped(names);
  const pages = [...letters].map(([page, own]) => [page, letterPage(own)]);
  return { 'options/index.md': list(names, letters), ...Object.fromEntries(pages) };
}

function grouped(names) {
  const groups = new Map();
  for (const name of names) groups.set(optionPage(name), [...(groups.get(optionPage(name)) ?? []), name]);
  return groups;
}

function list(names, letters) {
  const parts = [...letters].map(
    ([page, own]) => `## ${letterOf(own)}\n\n${own.map(name => `[${name}](./${page.slice(8)}#${name})`).join(' · ')}\n`,
  );
  return `# Options\n\nWhat Prosody 0.12 and 13.0, Debian's prosody-modules and Jitsi Meet read: ${names.length} options, as the sources of both versions read them. A value that no source tells is not told here either.\n\n${parts.join('\n')}`;
}

const letterOf = names => names[0][0].toUpperCase();

function letterPage(names) {
  return `---\noutline: false\n---\n\n# Options: ${letterOf(names)}\n\n${names.map(section).join('\n')}`;
}

function section(name) {
  const of = Object.fromEntries(prosodyVersions.map(version => [version, findOption(name, version)]));
  const info = of['13.0'] ?? of['0.12'];
  const setting = LDAP_SETTINGS.find(each => each.name === name);
  const prose = optionProse(name) ?? setting?.documentation;
  return [
    `## ${name} {#${name}}`,
    ...(prose ? [plain(prose)] : []),
    [...outdated(info), ...facts(name, of, info), ...keys(name)].map(line => `* ${line}`).join('\n'),
    '',
  ].join('\n\n');
}

function outdated({ deprecated, obsolete }) {
  const about = obsolete ?? deprecated;
  if (!about) return [];
  const { to } = about.replacement;
  const targets = (Array.isArray(to) ? to : to ? [to] : []).filter(name =>
    prosodyVersions.some(version => findOption(name, version)),
  );
  const instead = targets.map(name => `[${name}](./${optionPage(name).slice(8)}#${name})`);
  return [
    `**${obsolete ? 'Obsolete' : 'Deprecated'}:** ${plain(about.text)}${instead.length ? `. Today: ${instead.join(', ')}` : ''}`,
  ];
}

function facts(name, of, info) {
  const differs = find => of['0.12'] && of['13.0'] && find(of['0.12']) !== find(of['13.0']);
  const both = (title, find) =>
    differs(find) ? `${title}: ${find(of['13.0'])}; in 0.12: ${find(of['0.12'])}` : `${title}: ${find(info)}`;
  return [
    both('Type', typeText),
    ...(info.readers.length > 0 ? [both('Default', defaultText)] : []),
    both('Where', option =>
      option.scope === 'global' ? 'the global section only' : 'the global section, a virtual host or a component',
    ),
    ...(info.secret ? ['Secret: shown as `•••`'] : []),
    `Versions: ${versionsOf(version => findOption(name, version))}`,
    readBy(info),
  ];
}

function typeText(option) {
  if (option.type !== 'enum' || !option.values) return TYPES[option.type];
  return option.values.map(valueText).join(', ');
}

function defaultText(option) {
  const defaults = [...new Set(option.readers.filter(reader => reader.default).map(reader => valueText(reader.default)))];
  if (!option.default) return 'none';
  const first = valueText(option.default);
  const others = defaults.filter(text => text !== first);
  return others.length > 0 ? `${first}; where others read it: ${others.join(', ')}` : first;
}

function valueText(value) {
  return 'expression' in value ? `the value of ${code(value.expression)}` : code(lua(value.literal));
}

/** A literal of the catalogue, as one would write it in Lua. */
function lua(value) {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return value.length === 0 ? '{}' : `{ ${value.map(lua).join('; ')} }`;
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : `[${JSON.stringify(name)}]`} = ${lua(inner)}`)
      .join('; ')} }`;
  return JSON.stringify(value);
}

function readBy(info) {
  if (info.readers.length === 0)
    return `Read by: nothing any more, or only Lua that no tool can follow (${SOURCES[info.source]})`;
  const readers = new Map();
  for (const { module, source, file, line } of info.readers) {
    if (!readers.has(module))
      readers.set(module, {
        source,
        place: file
          ? ` (${file}:${line}${source === 'prosody-modules' ? ', prosody-modules' : ''})`
          : source === 'prosody-modules'
            ? ' (prosody-modules)'
            : source === 'jitsi'
              ? ' (Jitsi Meet)'
              : '',
      });
  }
  const texts = [...readers].map(([module, { place, source }]) => {
    const name = /^(?:core|util|net|prosody)/.test(module) && source === 'core' ? module : `mod_${module}`;
    return `${code(name)}${place}`;
  });
  return `Read by: ${texts.join(', ')}`;
}

function keys(name) {
  const table = optionTable(name, '13.0') ?? optionTable(name, '0.12');
  if (!table) return [];
  const lines = table.keys.map(key => `  * ${code(key.name)} (${TYPES[key.type] ?? key.type}): ${plain(key.documentation)}`);
  return lines.length > 0 ? [`Keys:\n${lines.join('\n')}`] : [];
}

/** Prose of the catalogue is Markdown; angle brackets in it are meant as they stand. */
function plain(text) {
  return text.replaceAll('\n', ' ');
}
