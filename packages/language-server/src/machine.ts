import { type FileSystem, severitiesOf } from '@prosodist/core';
import {
  type BaselinePlace,
  findEntry,
  findSettings,
  ignoredBy,
  installedProsody,
  keptFiles,
  knownFindings,
  readBaseline,
} from '@prosodist/machine';
import type { Environment, ProjectSettings } from './environment.js';
import { makeLink } from './links.js';
import { liveMachine } from './live/live.js';
import { protectFile } from './protect.js';

/** The computer that the server runs on. */
export function machineEnvironment(): Environment {
  const disk = keptFiles();
  return {
    files: () => disk,
    findEntry,
    settings: projectSettings,
    installedProsody: () => installedProsody(),
    makeLink,
    protectFile,
    live: liveMachine(),
  };
}

function projectSettings(path: string, files: FileSystem): ProjectSettings {
  const found = findSettings(path, files);
  if (!found.ok) {
    const problems = found.problems.map(problem => ({
      ...problem,
      message: `${problem.message}\nNothing in this file holds until it is put right.`,
    }));
    return { file: found.file, lint: {}, problems };
  }
  if (!found.settings) return { lint: {}, problems: [] };
  const { file, entry, prosody, preset, rules, baseline } = found.settings;
  const ignores = ignoredBy(found.settings, '/');
  return {
    file,
    ...(entry === undefined ? {} : { entry }),
    ...(prosody === undefined ? {} : { prosody }),
    lint: { severities: severitiesOf(preset, rules), ...(ignores ? { ignores } : {}) },
    ...(baseline ? knownBy(baseline, files) : { problems: [] }),
  };
}

/** What a baseline knows; one that cannot be read knows nothing, and that is said where the settings name it. */
function knownBy({ path, line, column }: BaselinePlace, files: FileSystem): Pick<ProjectSettings, 'known' | 'problems'> {
  const read = readBaseline(files, path);
  if (read.ok) return { known: (result, tree) => knownFindings(tree, result, read.entries), problems: [] };
  const message = `the baseline ${path} ${read.problem}; \`prosodist check --write-baseline\` writes it\nUntil then all findings are shown.`;
  return { problems: [{ line, column, message }] };
}
