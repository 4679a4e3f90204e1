// The real servers and editors that tests run against (test/labs): installed where that is possible, named where it is not.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

const folder = process.env.PROSODIST_LABS || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'prosodist-labs');
const vscode = join(folder, 'vscode');

// In one lab one step after the other: VS Code takes ripgrep from Debian when it is installed. Compilers are for its native modules.
const labs = [
  {
    name: 'Prosody 0.12',
    there: () => text(join(folder, 'prosody-0.12/.complete')).includes('lua-cyrussasl'),
    steps: [['test/labs/install-prosody.sh', '0.12']],
  },
  {
    name: 'Prosody 13.0, and Helix from the same Debian',
    there: () => text(join(folder, 'prosody-13.0/.complete')).includes('lua-cyrussasl') && existsSync(join(folder, 'helix/hx')),
    steps: [['test/labs/install-prosody.sh', '13.0'], ['test/labs/install-helix.sh']],
  },
  {
    name: 'libldap 2.5 and Python',
    there: () => existsSync('/usr/bin/python3') && libraries().some(path => existsSync(join(path, 'libldap-2.5.so.0'))),
    steps: [['-c', 'source test/labs/common.sh && debian python3 libldap-2.5-0']],
  },
  {
    name: 'Active Directory and OpenLDAP',
    there: () =>
      ['/usr/sbin/samba', '/usr/sbin/slapd', '/usr/bin/ldapadd', '/usr/bin/openssl'].every(existsSync) &&
      text(join(folder, 'ad/.complete')).trim() === madeOf('make-ad.py', 'accounts.json'),
    steps: [['test/labs/install-directory.sh']],
  },
  {
    name: 'packaging tools',
    there: () => ['lintian', 'man', 'zsh', 'fish', 'qemu-aarch64'].every(name => existsSync(join('/usr/bin', name))),
    steps: [
      [
        '-c',
        'source test/labs/common.sh && debian lintian man-db zsh fish qemu-user libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross libatomic1-arm64-cross',
      ],
    ],
  },
  {
    name: 'Neovim, Emacs with eglot, Kate',
    there: () =>
      ['nvim', 'emacs', 'kate', 'dbus-run-session'].every(name => existsSync(join('/usr/bin', name))) &&
      existsSync('/usr/share/emacs/site-lisp/elpa-src'),
    steps: [['-c', 'source test/labs/common.sh && debian neovim emacs-nox elpa-eglot kate dbus']],
  },
  {
    name: 'Ansible and luac',
    there: () => ['/usr/bin/ansible-playbook', '/usr/bin/luac5.4'].every(existsSync),
    steps: [['-c', 'source test/labs/common.sh && debian ansible-core lua5.4']],
  },
  {
    // npm run bench measures them beside our own
    name: 'luacheck and GNU time',
    there: () => ['/usr/bin/luacheck', '/usr/bin/time'].every(existsSync),
    steps: [['-c', 'source test/labs/common.sh && debian lua-check time']],
  },
  {
    name: 'pre-commit',
    there: () => existsSync('/usr/bin/pre-commit'),
    steps: [['-c', 'source test/labs/common.sh && debian pre-commit']],
  },
  {
    name: 'VS Code and Chromium',
    there: () => existsSync(join(vscode, 'code-server')) && existsSync(process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium'),
    steps: [
      ['-c', 'source test/labs/common.sh && debian chromium ripgrep g++ make python3'],
      ['test/labs/install-vscode.sh', vscode],
    ],
  },
];

// Debian has its libraries in a folder named after the architecture.
function libraries() {
  return existsSync('/usr/lib') ? readdirSync('/usr/lib').map(name => join('/usr/lib', name)) : [];
}

function text(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

// The domain is made anew when what makes it has changed.
function madeOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, 'test/labs', file)));
  return hash.digest('hex');
}

/**
 * Installs the labs that are missing, all at once, if this is a CI or root's machine. Returns false when one is missing that
 * must not be: in a CI nothing may be skipped.
 */
export async function installLabs() {
  const ci = Boolean(process.env.CI);
  const missing = labs.filter(lab => !lab.there());
  if (missing.length > 0 && (ci || process.getuid?.() === 0)) {
    console.log(`\nInstalling in ${folder}: ${missing.map(lab => lab.name).join(', ')} (once; some minutes)`);
    await Promise.all(missing.map(install));
  }
  const still = labs.filter(lab => !lab.there());
  if (still.length > 0)
    console.log(`\nNot there, so the tests that need it are skipped: ${still.map(lab => lab.name).join(', ')}`);
  return still.length === 0 || !ci;
}

async function install(lab) {
  const start = Date.now();
  for (const step of lab.steps) {
    const { status, output } = await bash(step);
    if (status === 0) continue;
    console.error(`${lab.name}: bash ${step.join(' ')} ended with status ${status}\n${output}`);
    return;
  }
  console.log(`${lab.name}: installed in ${Math.round((Date.now() - start) / 1000)} s`);
}

// Several run at a time, so what one says is kept together, and shown only when it fails.
function bash(args) {
  return new Promise(resolve => {
    const program = spawn('bash', args, {
      cwd: root,
      env: { ...process.env, PROSODIST_LABS: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [program.stdout, program.stderr])
      stream.setEncoding('utf8').on('data', text => {
        output = (output + text).slice(-8000);
      });
    program.once('error', error => resolve({ status: 1, output: error.message }));
    program.once('close', status => resolve({ status, output }));
  });
}
