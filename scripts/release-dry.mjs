// npm run release:dry: a release from its first step to its last, in a clone of its own, against a registry of its own. Nothing of
// it is left, and nothing leaves this machine but npm's questions for the libraries of others.
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startRegistry } from './release/registry.mjs';
import { root } from './run.mjs';

/** Who commits in the clone; no hook, no signature, no settings of the person who tries this. */
const GIT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap(who => [
      [`GIT_${who}_NAME`, 'Prosodist'],
      [`GIT_${who}_EMAIL`, 'prosodist@example.org'],
    ]),
  ),
};

/**
 * Makes the next release of what is in this folder, committed or not.
 * In: titles of commits to add first, so that the clone has something to release; who is told of each step.
 * Out: the versions before and after, what was published (name → packument), what the same command says of it a second time, the
 * root's changelog, the files of the tagged commit, what is not in it, and what the installed program said. Throws when a step fails.
 */
export async function releaseDry({ commits = [], tell = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'prosodist-release-'));
  const clone = join(folder, 'clone');
  let registry;
  try {
    cloneInto(clone, commits);
    const names = publicPackages(clone);
    const before = versionOf(clone);
    await must('npx', ['lerna', 'version', '--yes', '--no-push'], clone, GIT);
    const after = versionOf(clone);
    tell(`${before} -> ${after}, from what was committed since the last tag`);
    // what is published; the tests are no part of it
    await must('npx', ['tsc', '-b', 'packages/cli'], clone);
    await must('node', ['scripts/bundle.mjs'], clone);
    registry = await startRegistry(names);
    const access = { [`npm_config_//${new URL(registry.address).host}/:_authToken`]: 'of-this-run' };
    const publish = ['lerna', 'publish', 'from-package', '--yes', '--registry', registry.address];
    await must('npx', publish, clone, { ...GIT, ...access });
    tell(`published in one go: ${[...registry.packages.keys()].join(', ')}`);
    // of a release that broke off in the middle, the rest is published by the same command
    const again = await must('npx', publish, clone, { ...GIT, ...access });
    const installed = join(folder, 'user');
    mkdirSync(installed);
    writeFileSync(join(installed, 'package.json'), '{ "private": true }\n');
    const flags = ['--no-audit', '--no-fund', '--registry', registry.address];
    await must('npm', ['install', 'prosodist', '@prosodist/language-service', ...flags], installed);
    const program = join(installed, 'node_modules/.bin/prosodist');
    const said = await must(program, ['--version'], installed);
    const checked = spawnSync(program, ['check', '--format', 'json', join(root, 'examples/jitsi-active-directory')], {
      encoding: 'utf8',
    });
    const { findings } = JSON.parse(checked.stdout);
    tell(`installed from there: ${said.trim()}; its check of the example: ${findings.length} findings, status ${checked.status}`);
    return {
      before,
      after,
      packages: registry.packages,
      again,
      said,
      findings,
      status: checked.status,
      changelog: readFileSync(join(clone, 'CHANGELOG.md'), 'utf8'),
      tagged: (await must('git', ['show', '--name-only', '--format=', `v${after}`], clone)).trim().split('\n'),
      left: await must('git', ['status', '--porcelain'], clone),
    };
  } finally {
    await registry?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function cloneInto(clone, commits) {
  const git = (...args) => output('git', args, clone);
  output('git', ['clone', '--quiet', root, clone], root);
  const list = (...args) =>
    output('git', ['ls-files', '-z', ...args], root)
      .split('\0')
      .filter(Boolean);
  for (const file of new Set(list('--modified', '--others', '--exclude-standard'))) {
    rmSync(join(clone, file), { recursive: true, force: true });
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    if (existsSync(join(root, file))) cpSync(join(root, file), join(clone, file), { verbatimSymlinks: true });
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'chore: what is not committed yet');
  for (const title of commits) {
    // a commit counts for the packages whose files it touches
    appendFileSync(join(clone, 'packages/core/README.md'), `\n${title}\n`);
    git('commit', '--quiet', '--all', '--message', title);
  }
  linkLibraries(clone);
}

// The libraries are those of this folder, our own packages those of the clone.
function linkLibraries(clone) {
  const ours = new Map(workspaces(clone).map(({ name, folder }) => [name, folder]));
  const link = (from, to) => {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) {
      if (name.startsWith('@')) link(join(from, name), join(to, name));
      else {
        const full = join(to, name).split('node_modules/').at(-1);
        symlinkSync(ours.has(full) ? join(clone, ours.get(full)) : join(from, name), join(to, name));
      }
    }
  };
  link(join(root, 'node_modules'), join(clone, 'node_modules'));
  for (const { folder } of workspaces(clone))
    if (existsSync(join(root, folder, 'node_modules')))
      link(join(root, folder, 'node_modules'), join(clone, folder, 'node_modules'));
}

function workspaces(clone) {
  const folders = [...readdirSync(join(clone, 'packages')).map(name => `packages/${name}`), 'extension'];
  return folders.map(folder => ({ folder, ...JSON.parse(readFileSync(join(clone, folder, 'package.json'), 'utf8')) }));
}

const publicPackages = clone => workspaces(clone).flatMap(({ name, private: hidden }) => (hidden ? [] : [name]));
const versionOf = clone => JSON.parse(readFileSync(join(clone, 'lerna.json'), 'utf8')).version;

function output(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...GIT },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${error?.message ?? ''}${stderr}`);
  return stdout;
}

/** A command that may ask our own registry, which is in this process: so it is not waited for in a way that stops everything. */
function must(command, args, cwd, env = {}) {
  return new Promise((resolve, reject) => {
    const program = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, all] = ['', ''];
    program.stdout.setEncoding('utf8').on('data', text => {
      said += text;
      all += text;
    });
    program.stderr.setEncoding('utf8').on('data', text => {
      all += text;
    });
    program.once('error', reject);
    program.once('close', status => {
      if (status === 0) resolve(said);
      else reject(new Error(`${command} ${args.join(' ')} ended with status ${status}\n${all}`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await releaseDry({ tell: text => console.log(text) });
  console.log('Nothing was pushed, nothing was published elsewhere.');
}
