// The built core, and words that several kinds of pages use.
import {
  findModule,
  findOption,
  LDAP_SETTINGS,
  moduleNames,
  optionNames,
  optionProse,
  optionTable,
  PRESETS,
  prosodyVersions,
  RULES,
} from '../../packages/core/dist/index.js';

export {
  findModule,
  findOption,
  LDAP_SETTINGS,
  moduleNames,
  optionNames,
  optionProse,
  optionTable,
  PRESETS,
  prosodyVersions,
  RULES,
};

/** The names of both versions together, sorted. */
export function allNames(names) {
  return [...new Set(prosodyVersions.flatMap(version => names(version)))].sort();
}

/** Text as inline code, whatever backquotes are in it. */
export function code(text) {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const blank = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${blank}${text}${blank}${fence}`;
}

/** A cell of a table: nothing in it may end the cell. */
export function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Where an option is described: a page for each first letter. */
export function optionPage(name) {
  return `options/${name[0].toLowerCase()}.md`;
}

/** Since when and until when, for what is not in both versions; nothing else is known. */
export function versionsOf(find) {
  const has = prosodyVersions.filter(version => find(version) !== undefined);
  if (has.length === prosodyVersions.length) return 'Prosody 0.12 and 13.0';
  return has[0] === '0.12' ? 'Prosody 0.12 only; 13.0 does not have it' : 'Prosody 13.0 on; 0.12 does not have it';
}

export const SOURCES = {
  core: "Prosody's core",
  prosody: "Prosody's modules",
  'prosody-modules': 'the prosody-modules collection',
  jitsi: 'Jitsi Meet',
};
