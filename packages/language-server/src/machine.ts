import { type FileSystem, severitiesOf } from '@prosodist/core';
import { findEntry, findSettings, ignoredBy, installedProsody, keptFiles } from '@prosodist/machine';
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
  if (!found.ok) return { file: found.file, lint: {}, problems: found.problems };
  if (!found.settings) return { lint: {}, problems: [] };
  const { file, entry, prosody, preset, rules } = found.settings;
  const ignores = ignoredBy(found.settings, '/');
  return {
    file,
    ...(entry === undefined ? {} : { entry }),
    ...(prosody === undefined ? {} : { prosody }),
    lint: { severities: severitiesOf(preset, rules), ...(ignores ? { ignores } : {}) },
    problems: [],
  };
}
