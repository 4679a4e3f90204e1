import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFiles } from '@prosodist/core';
import { findEntry, installedProsody, outdatedProsody } from '../src/index.js';
import { withTree } from './support.js';

const DEBIAN = {
  '/etc/prosody/prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\nVirtualHost "localhost"\n',
  '/etc/prosody/conf.avail/meet.cfg.lua': 'VirtualHost "meet.example.com"\n',
  '/etc/prosody/conf.avail/waiting.cfg.lua': 'VirtualHost "waiting.example.com"\n',
  '/etc/prosody/conf.d/meet.cfg.lua': { link: '../conf.avail/meet.cfg.lua' },
  '/other/one.cfg.lua': 'VirtualHost "one.example"\n',
  '/other/main.cfg.lua': 'Include "one.cfg.lua"\n',
  '/lone/part.cfg.lua': 'admins = { }\n',
  '/two/a.cfg.lua': 'VirtualHost "a.example"\n',
  '/two/b.cfg.lua': 'VirtualHost "b.example"\n',
  '/empty/readme': '',
  'prosody.cfg.lua': 'Include "conf.d/x.cfg.lua"\n',
  'conf.d/x.cfg.lua': 'admins = { }\n',
};

const MAIN = '/etc/prosody/prosody.cfg.lua';
const CASES: Record<string, object> = {
  [MAIN]: { entry: MAIN, complete: true },
  '/etc/prosody': { entry: MAIN, complete: true },
  '/etc/prosody/': { entry: MAIN, complete: true },
  '/': { entry: MAIN, complete: true },
  '/etc/prosody/conf.d': { entry: MAIN, complete: true },
  '/etc/prosody/conf.d/meet.cfg.lua': { entry: MAIN, complete: true, part: '/etc/prosody/conf.d/meet.cfg.lua' },
  '/etc/prosody/conf.avail/meet.cfg.lua': { entry: MAIN, complete: true, part: '/etc/prosody/conf.avail/meet.cfg.lua' },
  '/etc/prosody/conf.avail/waiting.cfg.lua': { entry: '/etc/prosody/conf.avail/waiting.cfg.lua', complete: false },
  '/other': { entry: '/other/main.cfg.lua', complete: true },
  '/other/one.cfg.lua': { entry: '/other/one.cfg.lua', complete: true },
  '/lone/part.cfg.lua': { entry: '/lone/part.cfg.lua', complete: false },
  'prosody.cfg.lua': { entry: './prosody.cfg.lua', complete: true },
  '.': { entry: './prosody.cfg.lua', complete: true },
  'conf.d/x.cfg.lua': { entry: './prosody.cfg.lua', complete: true, part: 'conf.d/x.cfg.lua' },
  '/two': { problem: '/two: no prosody.cfg.lua, and none of the other files is clearly the main one; name the file itself' },
  '/empty': { problem: '/empty: no prosody.cfg.lua and no other *.cfg.lua in this folder' },
  '/nowhere': { problem: '/nowhere: no such file or folder' },
};

describe('finding the entry file', () => {
  const files = memoryFiles(DEBIAN);
  for (const [path, wanted] of Object.entries(CASES)) it(path, () => assert.deepEqual(findEntry(path, files), wanted));

  it('of the default path', () => assert.deepEqual(findEntry(undefined, files), { entry: MAIN, complete: true }));
});

describe('the installed version', () => {
  const paragraph = (name: string, version: string, status = 'install ok installed') =>
    `Package: ${name}\nStatus: ${status}\nPriority: optional\nVersion: ${version}\nDescription: x\n\n`;
  const cases: readonly (readonly [string, string | undefined])[] = [
    [paragraph('a', '1') + paragraph('prosody', '0.12.3-1+deb12u1') + paragraph('b', '1'), '0.12'],
    [paragraph('prosody', '13.0.1-1'), '13.0'],
    [paragraph('prosody', '1:13.2.0-1'), '13.0'],
    [paragraph('prosody', '0.11.9-2'), undefined],
    [paragraph('prosody', '0.12.3', 'deinstall ok config-files'), undefined],
    [paragraph('prosody-modules', '0.0~hg') + paragraph('x', '13.0'), undefined],
    [paragraph('prosody-13.0', '1nightly1'), undefined],
    [paragraph('prosody-0.12', '0.12.5-1'), '0.12'],
    ['', undefined],
  ];
  for (const [status, wanted] of cases) {
    it(`${wanted} of ${JSON.stringify(status.slice(0, 60))}`, () =>
      withTree({}, root => {
        mkdirSync(join(root, 'var/lib/dpkg'), { recursive: true });
        writeFileSync(join(root, 'var/lib/dpkg/status'), status);
        assert.equal(installedProsody(root), wanted);
      }));
  }

  const old: readonly (readonly [string, string | undefined])[] = [
    [paragraph('prosody', '0.11.9-2'), '0.11.9-2'],
    [paragraph('prosody-0.11', '1:0.11.14-1'), '0.11.14-1'],
    [paragraph('prosody', '0.9.12'), '0.9.12'],
    [paragraph('prosody', '0.12.3-1'), undefined],
    [paragraph('prosody', '0.11.9-2', 'deinstall ok config-files'), undefined],
    [paragraph('prosody-13.0', '1nightly1'), undefined],
    ['', undefined],
  ];
  for (const [status, wanted] of old) {
    it(`is older than those that are known: ${wanted} of ${JSON.stringify(status.slice(0, 60))}`, () =>
      withTree({}, root => {
        mkdirSync(join(root, 'var/lib/dpkg'), { recursive: true });
        writeFileSync(join(root, 'var/lib/dpkg/status'), status);
        assert.equal(outdatedProsody(root), wanted);
      }));
  }

  it('of a machine without dpkg', () =>
    withTree({}, root => assert.deepEqual([installedProsody(root), outdatedProsody(root)], [undefined, undefined])));
});
