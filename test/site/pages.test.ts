import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint, memoryFiles, optionNames, prosodyVersions, RULES } from '@prosodist/core';
import { builtSite, type SitePage, siteFolder } from '../support/site.js';

/** What can be read off the files of the documentation site. */
describe('the documentation site', function () {
  this.timeout(300_000);
  let pages: ReadonlyMap<string, SitePage> = new Map();
  let seconds = Number.NaN;
  before(async () => {
    ({ pages, seconds } = await builtSite());
  });

  it('is built in less than a minute', () => assert.ok(seconds < 60, `${seconds} s`));

  it('every link and anchor inside it leads somewhere', () => {
    const broken: string[] = [];
    let looked = 0;
    for (const page of pages.values())
      for (const link of page.links) {
        const url = new URL(link, `http://site${page.path}`);
        if (url.host !== 'site') continue;
        looked += 1;
        const path = decodeURIComponent(url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname);
        const target = pages.get(path);
        const anchor = decodeURIComponent(url.hash.slice(1));
        const there = target ? anchor === '' || target.ids.has(anchor) : existsSync(join(siteFolder, path));
        if (!there) broken.push(`${page.path}: ${link}`);
      }
    assert.deepEqual([...new Set(broken)], []);
    assert.ok(looked > 5000, `${looked} links`);
  });

  it('every page has a title of its own, and one heading of the first rank', () => {
    const titles = [...pages.values()].map(page => /<title>([^<]*)<\/title>/.exec(page.html)?.[1] ?? '');
    assert.equal(new Set(titles).size, titles.length, titles.sort().join('\n'));
    const shown = [...pages.values()].filter(page => page.path !== '/404.html'); // which only JavaScript fills
    for (const page of shown) assert.equal(page.html.match(/<h1\b/g)?.length, 1, page.path);
  });

  it('every rule has its page, with its finding below the line that it is about', () => {
    for (const { name } of RULES) {
      const page = pages.get(`/rules/${name}.html`);
      assert.ok(page?.html.includes(`prosodist explain ${name}`), name);
      assert.match(page!.html, /class="note (?:error|warning|info) /, name);
      assert.doesNotMatch(page!.html, /\^ (?:error|warning|info):/, name);
    }
  });

  it('every option of both versions has its place', () => {
    const names = new Set(prosodyVersions.flatMap(version => optionNames(version)));
    const missing = [...names].filter(name => !pages.get(`/options/${name[0]!.toLowerCase()}.html`)?.ids.has(name));
    assert.deepEqual(missing, []);
    assert.ok(names.size > 1000);
  });

  it('every page of docs is there', () => {
    const docs = readdirSync(fileURLToPath(new URL('../../docs', import.meta.url))).filter(file => file.endsWith('.md'));
    const missing = docs.filter(
      file => !pages.has(file === 'rules.md' ? '/rules/index.html' : `/guide/${file.replace('.md', '.html')}`),
    );
    assert.deepEqual(missing, []);
  });

  it('everything that the library offers is there', () => {
    const report = readFileSync(new URL('../../docs/api/core.api.md', import.meta.url), 'utf8');
    const names = [...report.matchAll(/^export (?:function|const|class|interface|type) (\w+)/gm)].map(match => match[1]!);
    assert.ok(names.length > 100);
    assert.deepEqual(
      names.filter(name => !pages.get('/api/core.html')?.ids.has(name)),
      [],
    );
  });
});

/** The configuration that the guide asks for is one that nothing is to be said of. */
describe('the guide', () => {
  const guide = readFileSync(new URL('../../docs/ldap.md', import.meta.url), 'utf8');
  const files = [...guide.matchAll(/^```lua\n-- (\/etc\/prosody\/\S+)\n([\s\S]*?)^```$/gm)].map(([, path, text]) => ({
    path: path!,
    text: text!,
    // only the file with the password is kept from others
    mode: text!.includes('password') ? 0o640 : 0o644,
  }));
  // the link is one of its steps; the host's own is Jitsi's
  const links = files
    .filter(({ path }) => path.includes('/conf.avail/'))
    .map(({ path }) => ({ path: path.replace('conf.avail', 'conf.d'), link: path }));

  for (const prosody of prosodyVersions)
    it(`its files are without a finding in ${prosody}`, () => {
      const tree = memoryFiles(
        Object.fromEntries([...files.map(({ path, text }) => [path, text]), ...links.map(({ path, link }) => [path, { link }])]),
        Object.fromEntries(files.map(({ path, mode }) => [path, mode])),
      );
      const { findings } = lint(tree, '/etc/prosody/prosody.cfg.lua', { prosody, complete: true });
      assert.deepEqual(
        findings.map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
      assert.ok(files.length >= 3);
    });
});
