import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { type Configuration, type Finding, type FixResult, fixAll, lint, parse, RULES, rulePage } from '@prosodist/core';
import { examples } from '../../packages/core/test/support/page.js';
import { corpusFiles, corpusFolders, corpusLab } from '../support/corpus.js';
import { describeWith } from '../support/needing.js';
import { asFileSystem } from '../support/ours.js';
import { type ConfigDump, type Files, type Lab, prosodyLab } from '../support/prosody.js';
import { absolute } from '../support/prosody-files.js';

interface Subject {
  readonly name: string;
  readonly files: Files;
  readonly entry: string;
  readonly complete?: boolean;
}

/** What is wrong on purpose: the examples of the rules' pages, and of the fixtures beside them. */
const subjects = [
  ...RULES.map(rule => [rule.name, rulePage(rule.name)!] as const),
  ...pagesOf('gaps'),
  ...pagesOf('parity'),
].flatMap(([name, page]) =>
  examples(page)
    .filter(({ kind }) => kind === 'reported')
    .map(({ title, files, entry, complete }) => ({ name: `${name}: ${title}`, files: files as Files, entry, complete })),
);

for (const version of ['0.12', '13.0'] as const)
  describeWith(`what the safe fixes make of a configuration, as Prosody ${version} reads it`, prosodyLab(version), lab => {
    it('of what is wrong on purpose', async () => {
      assert.ok((await check(lab, subjects)) >= 60);
    }).timeout(120_000);

    describeWith('of the corpus', corpusLab, () => {
      it('of its files and trees', async () => {
        const trees = [...corpusFiles(version, true), ...corpusFolders(version, true)];
        console.log(`      ${await check(lab, trees)} of ${trees.length} have something to fix`);
      }).timeout(240_000);
    });
  });

function pagesOf(folder: string): (readonly [string, string])[] {
  const place = new URL(`../fixtures/${folder}/`, import.meta.url);
  const names = readdirSync(place).filter(name => name.endsWith('.md') && name !== 'README.md');
  return names.map(name => [`${folder}/${name}`, readFileSync(new URL(name, place), 'utf8')] as const);
}

/** Fixes every subject, and holds what the real Prosody reads then against what it read before. */
async function check(lab: Lab, all: readonly Subject[]): Promise<number> {
  const wrong: string[] = [];
  let changed = 0;
  for (const { name, files, entry, complete = true } of all) {
    const options = { prosody: lab.version, complete };
    const before = lint(asFileSystem(files), absolute(entry), options);
    const result = fixAll(asFileSystem(files), absolute(entry), options);
    if (result.files.length === 0 && result.links.length === 0) continue;
    changed += 1;
    const after = { ...withAbsolutePaths(files), ...written(result) };
    const [old, now] = (await lab.loadMany([
      { files, entry },
      { files: after, entry },
    ])) as [ConfigDump, ConfigDump];
    const say = (text: string) => wrong.push(`${name}: ${text} [${result.applied.map(({ rule }) => rule).join(', ')}]`);
    if (result.stopped) say(`ends with ${result.stopped}`);
    for (const file of result.files)
      if (parse(file.after).problems.length > (file.before === null ? 0 : parse(file.before).problems.length))
        say(`${file.file} is broken`);
    const known = new Set(before.findings.map(key));
    // behind an error that is mended, what Prosody had not come to comes to light
    for (const finding of result.after.findings)
      if (finding.severity === 'error' && !known.has(key(finding)) && before.configuration.ok)
        say(`a new error: ${finding.rule}: ${finding.message}`);
    if (old.ok && !now.ok) say(`Prosody refuses it now: ${now.err}`);
    if (!old.ok || !now.ok) continue;
    const said = wordsOf(result.applied, before.configuration);
    for (const option of changes(old, now))
      if (!said.has(option.slice(option.indexOf('/') + 1))) say(`${option} has changed, and no fix says so`);
  }
  assert.deepEqual(wrong, []);
  return changed;
}

const key = ({ rule, message }: Finding) => `${rule} ${message}`;

function withAbsolutePaths(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [absolute(path), file]));
}

function written({ files, links }: FixResult): Files {
  return {
    ...Object.fromEntries(files.map(({ file, after }) => [file, after])),
    ...Object.fromEntries(links.map(({ path, target }) => [path, { link: target }])),
  };
}

/** `section/option` of everything that is not what it was. */
function changes(old: ConfigDump, now: ConfigDump): string[] {
  const sections = new Set([...Object.keys(old.config), ...Object.keys(now.config)]);
  return [...sections].flatMap(section => {
    const [left = {}, right = {}] = [old.config[section], now.config[section]];
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names]
      .filter(name => JSON.stringify(left[name]) !== JSON.stringify(right[name]))
      .map(name => `${section}/${name}`);
  });
}

/** The options that the taken fixes are about: named in their words, or set where the finding is. */
function wordsOf(applied: readonly Finding[], { settings }: Configuration): Set<string> {
  const words = applied.flatMap(({ message, help, fix }) =>
    [...`${message} ${help} ${fix?.title}`.matchAll(/[A-Za-z_][\w.-]*/g)].map(([word]) => word),
  );
  const around = applied.flatMap(({ at }) =>
    settings
      .filter(({ origin }) => origin.file === at.file && origin.start <= at.start && at.end <= origin.end)
      .map(({ name }) => name),
  );
  return new Set([...words, ...around]);
}
