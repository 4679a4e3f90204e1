import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProsodyVersion } from '@prosodist/core';

const STATUS = 'var/lib/dpkg/status';
/** Debian's package, and those of prosody.im's own repository. */
const PACKAGES = ['prosody', 'prosody-13.0', 'prosody-0.12'];

/**
 * The version of Prosody that is installed here, read from dpkg's status file; nothing is run.
 * @param root where the system is mounted
 * @returns the nearest version that Prosodist knows; undefined when there is no such package, or only an older one
 */
export function installedProsody(root = '/'): ProsodyVersion | undefined {
  let status: Buffer;
  try {
    status = readFileSync(join(root, STATUS));
  } catch {
    return undefined;
  }
  for (const name of PACKAGES) {
    const found = known(versionOf(status, name));
    if (found) return found;
  }
  return undefined;
}

/**
 * The version of an installed Prosody that is older than those that Prosodist knows, as dpkg writes it: `0.11.9-2`.
 * @param root where the system is mounted
 */
export function outdatedProsody(root = '/'): string | undefined {
  if (installedProsody(root)) return undefined;
  let status: Buffer;
  try {
    status = readFileSync(join(root, STATUS));
  } catch {
    return undefined;
  }
  return [...PACKAGES, 'prosody-0.11']
    .map(name => versionOf(status, name))
    .find(version => /^0\.(?:\d|1[01])(?!\d)/.test(version ?? ''));
}

/** The installed version of a package. The file may have megabytes: only its paragraph becomes a text. */
function versionOf(status: Buffer, name: string): string | undefined {
  const head = `Package: ${name}\n`;
  const at = status.subarray(0, head.length).equals(Buffer.from(head)) ? 0 : status.indexOf(`\n${head}`) + 1;
  if (at === 0 && status[0] !== head.charCodeAt(0)) return undefined;
  if (!status.subarray(at, at + head.length).equals(Buffer.from(head))) return undefined;
  const end = status.indexOf('\n\n', at);
  const paragraph = status.toString('utf8', at, end < 0 ? status.length : end);
  // a removed package whose configuration is still there says "deinstall ok config-files"
  if (!/^Status: \S+ \S+ installed$/m.test(paragraph)) return undefined;
  return /^Version: (?:\d+:)?(\S+)/m.exec(paragraph)?.[1];
}

function known(version: string | undefined): ProsodyVersion | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined) return undefined;
  if (Number(major) >= 13) return '13.0';
  return Number(major) === 0 && Number(minor) >= 12 ? '0.12' : undefined;
}
