import { type Configuration, type FileSystem, folderOf, normalize, type Origin } from '../../evaluate/index.js';
import { type JitsiSetting, type JitsiSettings, readConfigScript, readEnvFile, readHocon } from '../../jitsi/index.js';
import type { RuleContext } from '../rule.js';

/** A file of Jitsi's that lies where the installation has it, beside Prosody's configuration. */
export interface JitsiFile extends JitsiSettings {
  readonly file: string;
  readonly text: string;
}

export interface JitsiFiles {
  readonly jicofo: JitsiFile | undefined;
  /** The web client's config.js, one for each domain. */
  readonly web: readonly JitsiFile[];
  /** docker-jitsi-meet's `.env`. */
  readonly environment: JitsiFile | undefined;
}

const NONE: JitsiFiles = { jicofo: undefined, web: [], environment: undefined };
const read = new WeakMap<Configuration, JitsiFiles>();

/** Jitsi's files of the installation that this configuration is part of; those that are not there are left out. */
export function jitsiFiles({ configuration, files, complete }: RuleContext): JitsiFiles {
  if (!complete) return NONE;
  const found = read.get(configuration) ?? find(files, normalize(configuration.entry));
  read.set(configuration, found);
  return found;
}

function find(files: FileSystem, entry: string): JitsiFiles {
  const packaged = /^(.*?)etc\/prosody\/[^/]+$/.exec(entry);
  if (packaged) {
    const jitsi = `${packaged[1]}etc/jitsi/`;
    return {
      jicofo: one(files, `${jitsi}jicofo/jicofo.conf`, readHocon),
      web: scripts(files, `${jitsi}meet`),
      environment: undefined,
    };
  }
  // docker-jitsi-meet keeps the files of each service in one folder, `.jitsi-meet-cfg`; `.env` is where it was started
  const docker = /^(.*?)prosody\/config\/[^/]+$/.exec(entry);
  if (!docker) return NONE;
  const base = docker[1]!;
  const web = one(files, `${base}web/config.js`, readConfigScript);
  return {
    jicofo: one(files, `${base}jicofo/jicofo.conf`, readHocon),
    web: web ? [web] : [],
    environment: one(files, `${base}.env`, readEnvFile) ?? one(files, `${folderOf(base.replace(/\/$/, ''))}.env`, readEnvFile),
  };
}

function scripts(files: FileSystem, folder: string): JitsiFile[] {
  const listed = files.readDirectory(folder);
  const names = listed.ok ? listed.names.filter(name => name.endsWith('-config.js')).sort() : [];
  return names.slice(0, MOST).flatMap(name => one(files, `${folder}/${name}`, readConfigScript) ?? []);
}

/** Nobody serves more domains from one machine by hand. */
const MOST = 50;

function one(files: FileSystem, path: string, reader: (text: string) => JitsiSettings): JitsiFile | undefined {
  const text = files.readFile(path);
  return text.ok ? { file: path, text: text.text, ...reader(text.text) } : undefined;
}

/** Where a setting's value stands. */
export function placeOf(file: JitsiFile, setting: JitsiSetting): Origin {
  return { file: file.file, ...setting.at };
}

/** Where a setting's name stands. */
export function keyOf(file: JitsiFile, setting: JitsiSetting): Origin {
  return { file: file.file, ...setting.key };
}

/** What is set, where it is known; undefined where nothing is set. */
export function valueIn(file: JitsiFile | undefined, path: string): string | undefined {
  return file?.settings.get(path)?.value ?? undefined;
}

/** Docker's and HOCON's words for yes. */
export function isYes(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on|t)$/i.test(value);
}

/** The first line of a file, for what is missing in it. */
export function startOf({ file, text }: JitsiFile): Origin {
  return { file, start: 0, end: text.split('\n', 1)[0]!.length };
}

/** Whether a file says for certain that it does not set this. */
export function isUnset(file: JitsiFile, path: string): boolean {
  return file.whole && !file.settings.has(path);
}
