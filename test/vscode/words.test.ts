import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { extensionReadme, extensionWords } from '../../scripts/extension.mjs';

const extension = fileURLToPath(new URL('../../extension', import.meta.url));

describe('the words of the extension', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'prosodist-words-'));
    for (const part of ['src', 'l10n', 'package.json', 'package.nls.json', 'README.md'])
      cpSync(path.join(extension, part), path.join(copy, part), { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const change = (file: string, from: string | RegExp, to: string) => {
    const before = readFileSync(path.join(copy, file), 'utf8');
    const after = before.replace(from, to);
    assert.notEqual(after, before, `${file} has no ${from}`);
    writeFileSync(path.join(copy, file), after);
  };

  it('are all in the files for translators, and nothing else is', () => {
    assert.deepEqual(extensionWords(extension), []);
  });

  it('are missed where one is new', () => {
    change('src/commands/plan.ts', "l10n.t('Nothing was changed.')", "l10n.t(\n  'Nothing at all, isn\\'t it?'\n)");
    change('package.json', '"%command.restart%"', '"%command.again%"');
    assert.deepEqual(extensionWords(copy), [
      'extension/l10n/bundle.l10n.json lacks "Nothing at all, isn\'t it?", which extension/src says',
      'extension/package.nls.json lacks "command.again", which package.json asks for',
      'extension/package.nls.json has "command.restart", which nothing asks for',
    ]);
  });

  it('are refused where they are put together', () => {
    change('src/commands/plan.ts', "l10n.t('Nothing was changed.')", 'l10n.t(plan.title)');
    assert.throws(() => extensionWords(copy), /plan\.ts: l10n\.t at offset \d+ has no plain text/);
  });

  it('are those of the README, which follows package.json', () => {
    assert.equal(extensionReadme(extension), readFileSync(path.join(extension, 'README.md'), 'utf8'));
    change('package.nls.json', '"command.restart": "Restart server"', '"command.restart": "Start | again"');
    change('package.json', '"default": "auto"', '"default": "13.0"');
    const readme = extensionReadme(copy);
    assert.match(readme, /\| Start \\\| again \| `prosodist\.restart` \|/);
    assert.match(readme, /\| `prosodist\.prosodyVersion` \| `13\.0` \|/);
  });
});
