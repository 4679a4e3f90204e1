import { folderOf, normalize } from '../../evaluate/index.js';
import { type KeyLines, parseKeyLines } from '../../ldap/index.js';
import type { RuleContext } from '../rule.js';

/** A small configuration file beside Prosody's, read. `path` is as the file system knows it. */
export interface SystemFile extends KeyLines {
  readonly path: string;
  readonly text: string;
}

/** The files of the system that the configuration belongs to, as far as the caller offers them. Paths begin at its root. */
export interface System {
  /** A file read as lines of keys and values; `undefined` where there is none. */
  readonly read: (path: string, format: Parameters<typeof parseKeyLines>[1]) => SystemFile | undefined;
  readonly text: (path: string) => string | undefined;
  readonly path: (path: string) => string;
  /** Names in a folder; none where there is no such folder. */
  readonly names: (path: string) => readonly string[];
  /** Whether a folder is kept from us. */
  readonly isDenied: (path: string) => boolean;
  /** True where it is certain that nothing is at the path: its folder, or a whole system, was looked through. */
  readonly lacks: (path: string) => boolean;
  /** Whether this is a whole system, and not only a part of one that somebody keeps elsewhere. */
  readonly whole: boolean;
}

/**
 * The system around the configuration: what is above `etc/prosody`. A tree that lies anywhere else (a checkout, a template)
 * has none, and a lone file neither.
 */
export function systemOf({ configuration, files, complete }: RuleContext): System | undefined {
  const entry = normalize(configuration.entry);
  const found = /^(.*?)etc\/prosody\/[^/]+$/.exec(entry);
  if (!complete || !found || !(found[1] === '' || found[1]!.endsWith('/'))) return undefined;
  const path = (name: string) => `${found[1]}${name.replace(/^\//, '')}`;
  const whole = files.stat(path('/etc/passwd'))?.kind === 'file';
  const text = (name: string) => {
    const read = files.readFile(path(name));
    return read.ok ? read.text : undefined;
  };
  return {
    path,
    text,
    whole,
    read: (name, format) => {
      const content = text(name);
      return content === undefined ? undefined : { path: path(name), text: content, ...parseKeyLines(content, format) };
    },
    names: name => {
      const listed = files.readDirectory(path(name));
      return listed.ok ? listed.names : [];
    },
    isDenied: name => {
      const listed = files.readDirectory(path(name));
      return !listed.ok && listed.problem === 'denied';
    },
    lacks: name => {
      const read = files.readFile(path(name));
      if (read.ok || (read.problem !== 'missing' && read.problem !== 'not a directory')) return false;
      return whole || files.readDirectory(normalize(folderOf(path(name)))).ok;
    },
  };
}
