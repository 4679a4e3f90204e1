import { GLOBAL, listEntries } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isMachine } from '../support/installed.js';

export const missingPluginPath: Rule = {
  name: 'missing-plugin-path',
  severity: 'warning',
  summary: '`plugin_paths` names a folder that is not there.',
  fixable: 'never',
  source: 'core/pluginloader.lua: load_file passes over folders that it cannot open, and says nothing',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting({ files, complete, report }, setting) {
      if (setting.name !== 'plugin_paths' || setting.scope !== GLOBAL || setting.value.kind !== 'table') return;
      // only where these are the files of the machine that Prosody runs on can a folder be said to be missing
      if (!complete || !isMachine(files)) return;
      for (const { value, origin } of listEntries(setting.value)) {
        if (value.kind !== 'string' || !value.value.startsWith('/')) continue;
        const kind = files.stat(value.value)?.kind;
        if (kind === 'directory') continue;
        report({
          message: `\`${value.value}\` is ${kind === undefined ? 'not there' : 'no folder'}`,
          why: 'Prosody looks for modules in each of these folders and passes over one that it cannot open, without a word: modules from there are not loaded.',
          help: 'Correct the path, or install what belongs there.',
          at: value.origin ?? origin ?? setting.valueOrigin,
        });
      }
    },
  },
};
