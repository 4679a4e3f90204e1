// Every module that the catalogue knows, in a table for each place that it comes from, with the options that it reads.
import {
  allNames,
  cell,
  findModule,
  findOption,
  moduleNames,
  optionPage,
  prosodyVersions,
  SOURCES,
  versionsOf,
} from './core.mjs';

const KINDS = { module: 'module', component: 'component', auth: 'authentication', storage: 'storage', authz: 'roles' };
const FILES = { prosody: 'prosody', 'prosody-modules': 'prosody-modules', jitsi: 'jitsi' };

/** @returns {Record<string, string>} Markdown by path in the site */
export function modulePages() {
  const modules = allNames(moduleNames).map(name => ({ ...(findModule(name, '13.0') ?? findModule(name, '0.12')) }));
  const pages = Object.entries(FILES).map(([source, file]) => {
    const own = modules.filter(module => module.source === source || (source === 'prosody' && module.source === 'core'));
    return [`modules/${file}.md`, page(SOURCES[source], own)];
  });
  return Object.fromEntries(pages);
}

function page(title, modules) {
  const rows = modules.map(module => {
    const options = module.options.filter(name => prosodyVersions.some(version => findOption(name, version)));
    const links = options.map(name => `[${name}](../${optionPage(name)}#${name})`).join(', ');
    const versions = versionsOf(version => findModule(module.name, version))
      .replace(/;.*/, '')
      .replace('Prosody ', '');
    return `| mod_${module.name} | ${KINDS[module.kind]}${module.global ? ', global' : ''} | ${versions} | ${cell(links)} |`;
  });
  const heading = `# Modules of ${title.replace("Prosody's modules", 'Prosody')}`;
  return [
    `---\noutline: false\naside: false\n---\n\n${heading}\n`,
    '| module | kind | Prosody | reads |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
