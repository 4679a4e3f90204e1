// npm run package:deb [x64|arm64]…: dist/prosodist_VERSION_ARCH.deb with the executable, man pages and completions. Built twice from
// one commit, it is the same byte for byte.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { commandTree } from './deb/commands.mjs';
import { completions } from './deb/completions.mjs';
import { manPages } from './deb/man.mjs';
import { executable, node, nodeLicence } from './executable.mjs';
import { joinedNotices, noticesIn } from './notices.mjs';
import { root } from './run.mjs';
import { sbom } from './sbom.mjs';

const debian = { x64: 'amd64', arm64: 'arm64' };
const { version } = JSON.parse(readFileSync(join(root, 'lerna.json'), 'utf8'));
const asked = process.argv.slice(2);
// the time of the commit: what is packed is older than it or made from it
process.umask(0o022); // the rights that Debian wants, wherever this runs
const seconds = Number(output('git', ['log', '-1', '--format=%ct']) || 0);
const day = new Date(seconds * 1000);

async function make(arch, deb) {
  const stage = mkdtempSync(join(tmpdir(), 'prosodist-deb-'));
  try {
    chmodSync(stage, 0o755);
    const put = (path, text, mode = 0o644) => write(join(stage, path), text, mode);
    const tree = commandTree();
    const program = await executable(arch);
    mkdirSync(join(stage, 'usr/bin'), { recursive: true });
    copyFileSync(program, join(stage, 'usr/bin/prosodist'));
    for (const [name, text] of Object.entries(manPages(tree, version, day.toISOString().slice(0, 10))))
      put(`usr/share/man/man${name.at(-1)}/${name}.gz`, gzipSync(text, { level: 9 }));
    const { bash, zsh, fish } = completions(tree);
    put('usr/share/bash-completion/completions/prosodist', bash);
    put('usr/share/zsh/vendor-completions/_prosodist', zsh);
    put('usr/share/fish/vendor_completions.d/prosodist.fish', fish);
    put('usr/share/doc/prosodist/copyright', COPYRIGHT);
    put('usr/share/doc/prosodist/third-party-licences.gz', gzipSync(licencesInside(arch), { level: 9 }));
    put('usr/share/doc/prosodist/prosodist.cdx.json', `${JSON.stringify(sbom(node), null, 2)}\n`);
    put('usr/share/doc/prosodist/NEWS.gz', gzipSync(readFileSync(join(root, 'CHANGELOG.md')), { level: 9 }));
    put('usr/share/doc/prosodist/changelog.gz', gzipSync(CHANGELOG, { level: 9 }));
    put('usr/share/lintian/overrides/prosodist', OVERRIDES);
    put('DEBIAN/control', control(arch, stage));
    put('DEBIAN/md5sums', sums(stage));
    for (const path of files(stage)) utimesSync(join(stage, path), seconds, seconds);
    mkdirSync(dirname(deb), { recursive: true });
    // xz in one thread: how many there are would show in the result
    must('dpkg-deb', ['--root-owner-group', '-Zxz', '-z6', '--threads-max=1', '--build', stage, deb]);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

const control = (arch, stage) => `Package: prosodist
Version: ${version}
Section: net
Priority: optional
Architecture: ${debian[arch]}
Maintainer: The Prosodist maintainers <prosodist@example.org>
Installed-Size: ${Math.ceil(files(stage).reduce((sum, path) => sum + statSync(join(stage, path)).size, 0) / 1024)}
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6
Suggests: prosody
Description: checks and repairs the configuration of Prosody and Jitsi Meet
 Prosodist reads a configuration the way Prosody does, without running it. It
 says what is wrong with it and where, and repairs it without disturbing a
 byte that it was not asked to change. It checks how users of an LDAP
 directory or of Active Directory log in, and can set that up.
`;

/** The program is Node's with ours inside; what a linter says of Node's build is not about this package. */
const OVERRIDES = `prosodist: embedded-library
prosodist: hardening-no-pie
`;

/** Debian's form of a changelog; what is new stands in NEWS. */
const CHANGELOG = `prosodist (${version}) unstable; urgency=medium

  * Release ${version}: see NEWS.gz.

 -- The Prosodist maintainers <prosodist@example.org>  ${day.toUTCString().replace('GMT', '+0000')}
`;

const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: prosodist
Comment: /usr/bin/prosodist contains Node.js and libraries; third-party-licences.gz in this folder has their licences.

Files: *
Copyright: 2026 The Prosodist maintainers
License: Expat

License: Expat
${indented(readFileSync(join(root, 'LICENSE'), 'utf8').split('\n').slice(4).join('\n'))}
`;

// the executable is all bundles of the command line in one; many have the same libraries
function licencesInside(arch) {
  const dist = join(root, 'packages/cli/dist');
  const files = readdirSync(dist).filter(name => name.endsWith('.notices.txt'));
  const all = files.flatMap(name => noticesIn(readFileSync(join(dist, name), 'utf8')));
  return joinedNotices([...new Set([...all, `Node.js ${node} (MIT)\n\n${nodeLicence(arch)}`])].sort());
}

function indented(text) {
  const lines = text.trim().split('\n');
  return lines.map(line => ` ${line.trim() || '.'}`).join('\n');
}

function sums(stage) {
  const all = files(stage).filter(path => !path.startsWith('DEBIAN/') && !statSync(join(stage, path)).isDirectory());
  return output('md5sum', all, stage);
}

function files(stage) {
  return output('find', ['.', '-mindepth', '1', '-printf', '%P\n'], stage).split('\n').filter(Boolean).sort();
}

function write(file, content, mode) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
}

function output(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${error?.message ?? ''}${stderr}`);
  return stdout;
}

function must(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
}

for (const arch of asked.length > 0 ? asked : ['x64', 'arm64']) {
  if (!debian[arch]) throw new Error(`there is no package for ${arch}: x64 and arm64 are built`);
  const deb = join(root, 'dist', `prosodist_${version}_${debian[arch]}.deb`);
  await make(arch, deb);
  console.log(`${relative(root, deb)}: ${Math.ceil(statSync(deb).size / 1e6)} MB`);
}
