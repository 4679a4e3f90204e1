// The site's frame: doors, sidebars, search. The pages are made by site/build.mjs.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { apiPackages } from '../content/api.mjs';
import { allNames, optionNames, optionPage, RULES } from '../content/core.mjs';
import { titleOf } from '../content/docs.mjs';
import { docsGroups } from '../content/links.mjs';
import { carets } from './carets.mjs';
import { slug } from './slug.mjs';

const top = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const guide = docsGroups(top).map(({ title, files }) => ({
  text: title,
  items: files.map(file => ({ text: titleOf(top, file), link: `/guide/${file.replace('.md', '')}` })),
}));
const letters = [...new Set(allNames(optionNames).map(optionPage))];

export default defineConfig({
  title: 'Prosodist',
  description: 'Reads, judges and repairs the configuration of Prosody and Jitsi Meet',
  lang: 'en',
  srcDir: 'dist/pages',
  outDir: 'dist/html',
  cacheDir: 'dist/cache',
  // for a site below a path: SITE_BASE=/prosodist/ npm run site
  base: process.env.SITE_BASE ?? '/',
  // a picture of nothing: browsers ask for one anyway
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  lastUpdated: false,
  // made by another program
  ignoreDeadLinks: ['/playground', '/playground.html'],
  markdown: {
    // the texts are for people and terminals first: nothing in them is a tag, and no host name a link
    html: false,
    linkify: false,
    anchor: { slugify: slug },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    codeTransformers: [carets()],
    config: md => {
      // an indented block is a block like any other: it scrolls, and can be copied
      md.renderer.rules.code_block = (tokens, index, ...more) => {
        tokens[index].info = 'txt';
        return md.renderer.rules.fence(tokens, index, ...more);
      };
      // two braces are Vue's, but not in our texts
      for (const kind of ['text', 'code_inline']) {
        const render = md.renderer.rules[kind];
        md.renderer.rules[kind] = (...args) => render(...args).replaceAll('{{', '&#123;&#123;');
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Guide', link: '/guide/ldap', activeMatch: '^/guide/' },
      { text: 'Rules', link: '/rules/', activeMatch: '^/rules/' },
      { text: 'Options', link: '/options/', activeMatch: '^/(?:options|modules)/' },
      { text: 'Library', link: '/api/core', activeMatch: '^/api/' },
    ],
    sidebar: {
      '/guide/': guide,
      '/rules/': [
        { text: 'Rules', link: '/rules/', items: RULES.map(rule => ({ text: rule.name, link: `/rules/${rule.name}` })) },
      ],
      '/options/': catalogue(),
      '/modules/': catalogue(),
      '/api/': [
        { text: 'Packages', items: apiPackages(top).map(({ folder, name }) => ({ text: name, link: `/api/${folder}` })) },
      ],
    },
    outline: { level: [2, 3], label: 'On this page' },
    docFooter: { prev: false, next: false },
  },
});

function catalogue() {
  return [
    {
      text: 'Options',
      link: '/options/',
      items: letters.map(page => ({ text: page.slice(8, -3).toUpperCase(), link: `/${page.replace('.md', '')}` })),
    },
    {
      text: 'Modules',
      items: [
        { text: 'Prosody', link: '/modules/prosody' },
        { text: 'prosody-modules', link: '/modules/prosody-modules' },
        { text: 'Jitsi Meet', link: '/modules/jitsi' },
      ],
    },
  ];
}
