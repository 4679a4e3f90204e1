// Links of a page in the repository, as links of the site.
import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

/** The pages of docs, by their groups in the sidebar. What is in no group comes into the last one, so that no page is lost. */
const groups = [
  ['LDAP for Jitsi Meet', ['ldap.md', 'setup.md', 'directory.md', 'login.md', 'doctor.md']],
  ['A configuration', ['checking.md', 'changing.md', 'operations.md', 'writing.md', 'upgrade.md']],
  ['Other tools', ['editors.md', 'ci.md', 'integrations.md', 'installers.md']],
  ['About Prosodist', ['features.md', 'architecture.md', 'parity.md', 'agreement.md', 'benchmarks.md']],
];

/** Pages of docs that another page of the site takes the place of. */
const elsewhere = { 'docs/rules.md': 'rules/index.md' };

/**
 * The pages of docs that are shown, group by group.
 * @param {string} top the repository
 * @returns {{ title: string, files: string[] }[]} file names inside docs
 */
export function docsGroups(top) {
  const there = readdirSync(posix.join(top, 'docs')).filter(file => file.endsWith('.md') && !elsewhere[`docs/${file}`]);
  const named = new Set(groups.flatMap(([, files]) => files));
  const others = there.filter(file => !named.has(file));
  return groups.map(([title, files], index) => ({
    title,
    files: [...files.filter(file => there.includes(file)), ...(index === groups.length - 1 ? others : [])],
  }));
}

/**
 * Turns the links of a text into those of the site. What the site does not show stays as words, without a link.
 * @param {string} text Markdown
 * @param {string} source path of the text in the repository
 * @param {string} page path of its page in the site
 * @param {string} top the repository
 * @returns {string} the Markdown of the page
 */
export function siteLinks(text, source, page, top) {
  return outsideCode(text, part =>
    part.replace(/(!?)\[((?:`[^`]*`|[^\]`])*)\]\(([^()\s]+)\)/g, (link, image, words, target) => {
      if (/^[a-z]+:/.test(target) || target.startsWith('#')) return link;
      const [path, anchor] = target.split('#');
      const file = posix.normalize(posix.join(posix.dirname(source), path));
      const shown = pageOf(file, top);
      if (shown === undefined) return image ? '' : words;
      const way = shown.startsWith('/') ? shown : relative(page, shown);
      return `${image}[${words}](${way}${anchor ? `#${anchor}` : ''})`;
    }),
  );
}

/** The way from one page to another, as a relative link. */
export function relative(from, to) {
  const way = posix.relative(posix.dirname(from), to);
  return way.startsWith('.') ? way : `./${way}`;
}

function pageOf(file, top) {
  if (elsewhere[file]) return elsewhere[file];
  const rule = /^packages\/core\/src\/rules\/([^/]+)\/rule\.md$/.exec(file);
  if (rule) return `rules/${rule[1]}.md`;
  if (/^docs\/[^/]+\.schema\.json$/.test(file)) return `/${posix.basename(file)}`;
  if (/^docs\/images\/[^/]+$/.test(file)) return `/images/${posix.basename(file)}`;
  return /^docs\/[^/]+\.md$/.test(file) && existsSync(posix.join(top, file)) ? file.replace('docs/', 'guide/') : undefined;
}

/** Changes a Markdown text everywhere but in its fenced blocks. */
function outsideCode(text, change) {
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}
