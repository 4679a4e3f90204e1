import { type FileSystem, folderOf, lineIndex, normalize, positionAt, settingsIn, severitiesOf } from '@prosodist/core';
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { ProjectSettings } from './environment.js';

const NAME = 'prosodist.json';
const NONE: ProjectSettings = { lint: {}, problems: [] };

/**
 * What the nearest `prosodist.json` says, read through the editor alone: all but its baseline, which needs a computer.
 * @param path of a folder
 */
export function editorSettings(path: string, files: FileSystem): ProjectSettings {
  for (let folder = normalize(path); ; folder = normalize(folderOf(folder))) {
    const file = normalize(`${folder}/${NAME}`);
    const read = files.readFile(file);
    if (read.ok) return settingsOf(file, read.text);
    if (folder === '/' || folder === '') return NONE;
  }
}

function settingsOf(file: string, text: string): ProjectSettings {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  const read = broken
    ? {
        ok: false as const,
        problems: [{ offset: broken.offset, message: `this is not JSON: ${printParseErrorCode(broken.error)}` }],
      }
    : settingsIn(root);
  if (!read.ok) {
    const index = lineIndex(text);
    const problems = read.problems.map(({ offset, message }) => ({
      ...positionAt(index, offset),
      message: `${message}\nNothing in this file holds until it is put right.`,
    }));
    return { file, lint: {}, problems };
  }
  const { entry, prosody, preset, rules, ignore = [] } = read.settings;
  const top = normalize(folderOf(file));
  const matches = picomatch([...ignore], { dot: true });
  const isIgnored = (path: string) => path.startsWith(folderOf(file)) && matches(path.slice(folderOf(file).length));
  return {
    file,
    ...(entry !== undefined && { entry: normalize(entry.startsWith('/') ? entry : `${top}/${entry}`) }),
    ...(prosody !== undefined && { prosody }),
    lint: { severities: severitiesOf(preset, rules), ...(ignore.length > 0 && { ignores: isIgnored }) },
    problems: [],
  };
}
