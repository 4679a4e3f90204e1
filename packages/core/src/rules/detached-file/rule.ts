import { folderOf, normalize } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';

export const detachedFile: Rule = {
  name: 'detached-file',
  severity: 'warning',
  summary: 'A file that is read stands beside another version of itself in `conf.avail`, to which it was a link.',
  fixable: 'never',
  source:
    "Debian's habit, conf.d/x.cfg.lua -> ../conf.avail/x.cfg.lua; `sed -i` on a link puts a file in its place (GNU sed manual, --follow-symlinks)",
  since: '0.1.0',
  reach: 'section',
  check: {
    include({ files, configuration, complete, report }, include) {
      if (!complete || !include.glob) return;
      const available = `${normalize(folderOf(normalize(folderOf(include.path))))}/conf.avail/`;
      const listed = files.readDirectory(available.slice(0, -1));
      const names = new Set(listed.ok ? listed.names : []);
      for (const file of include.files) {
        const name = file.slice(folderOf(file).length);
        if (!names.has(name)) continue;
        const twin = files.readFile(available + name);
        const text = configuration.documents.get(file)?.text;
        if (!twin.ok || text === undefined) continue;
        // a link, or a folder that is one
        if (normalize(files.realPath(file)) === normalize(files.realPath(available + name)) || files.stat(file)?.link !== false)
          continue;
        const same = twin.text === text;
        report({
          severity: same ? 'info' : 'warning',
          message: same
            ? `this is a copy of ${available}${name}, not a link to it`
            : `this is a file of its own, not a link to ${available}${name}, which says something else`,
          why: 'What packages and administrators change in conf.avail has no effect any more; `sed -i` on a link leaves this.',
          help: `Bring the two together, then \`ln -sf ../conf.avail/${name} ${file}\`.`,
          at: { file, start: 0, end: text.split('\n', 1)[0]!.length },
          related: [{ message: 'the one that is not read', at: { file: available + name, start: 0, end: 0 } }],
        });
      }
    },
  },
};
