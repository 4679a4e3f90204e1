// The library: a page a package, from the reports of what each offers (docs/api) and the comments in its declarations.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPORT = /^(.+)\.api\.md$/;

/**
 * The packages that have a report, core first.
 * @param {string} top the repository
 * @returns {{ folder: string, name: string }[]}
 */
export function apiPackages(top) {
  const folders = readdirSync(join(top, 'docs/api')).flatMap(file => REPORT.exec(file)?.[1] ?? []);
  const order = folder => (folder === 'core' ? 0 : 1);
  return folders
    .sort((a, b) => order(a) - order(b) || a.localeCompare(b))
    .map(folder => ({ folder, name: manifest(top, folder).name }));
}

/**
 * @param {string} top the repository
 * @returns {Record<string, string>} Markdown by path in the site
 */
export function apiPages(top) {
  return Object.fromEntries(apiPackages(top).map(({ folder }) => [`api/${folder}.md`, page(top, folder)]));
}

function manifest(top, folder) {
  return JSON.parse(readFileSync(join(top, 'packages', folder, 'package.json'), 'utf8'));
}

function page(top, folder) {
  const report = readFileSync(join(top, 'docs/api', `${folder}.api.md`), 'utf8');
  const body = /```ts\n([\s\S]*?)\n```/.exec(report)?.[1] ?? '';
  const comments = commentsOf(join(top, 'packages', folder, 'dist'));
  const parts = body
    .split(/^\/\/ @(?:public|beta|alpha).*\n(?:\/\/.*\n)*/m)
    .slice(1)
    .map(text => text.replace(/^\s*\/\/ (?:\(undocumented\)|Warning: .*|\(No @package.*|.*@public.*)\n?/gm, '').trim())
    .flatMap(text => entry(text, comments));
  // what it is, and an example, which a test runs; the last line leads here
  const readme = readFileSync(join(top, 'packages', folder, 'README.md'), 'utf8').trimEnd();
  return `${readme.slice(0, readme.lastIndexOf('\n\n'))}\n\n${parts.join('\n')}`;
}

function entry(declaration, comments) {
  const name = /^export (?:declare )?(?:abstract )?(?:function|const|class|interface|type|enum|namespace) (\w+)/.exec(
    declaration,
  )?.[1];
  if (!name) return [];
  return [`## ${name} {#${name}}\n\n${prose(comments.get(name) ?? '')}\n\n\`\`\`ts\n${declaration}\n\`\`\`\n`];
}

/** The comment before each exported name, wherever in the package it is declared. */
function commentsOf(dist) {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.d.ts'));
  const found = new Map();
  for (const file of files.sort()) {
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, comment, name] of text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:declare )?(?:abstract )?(?:function|const|class|interface|type|enum) (\w+)/g,
    ))
      if (!found.has(name)) found.set(name, comment);
  }
  return found;
}

/** A comment as Markdown: its tags as a list. */
function prose(comment) {
  const text = comment.replace(/^\s*\* ?/gm, '').trim();
  return text
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .split(/^(?=@)/m)
    .map(part => part.trim().replace(/\s*\n\s*/g, ' '))
    .map(part =>
      part
        .replace(/^@param (\S+)/, '* `$1`:')
        .replace(/^@returns?/, '* Returns')
        .replace(/^@throws/, '* Throws')
        .replace(/^@(\w+)/, '* $1:'),
    )
    .join('\n')
    .replace(/\n(?=\*)/, '\n\n');
}
