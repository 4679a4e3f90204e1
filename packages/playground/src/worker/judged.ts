import { type Finding, GLOBAL, normalize, type Origin } from '@prosodist/core';
import {
  filesWithFindings,
  findFile,
  findingsOf,
  realPath,
  type Tree,
  toRange,
  withoutSecretValues,
} from '@prosodist/language-service';
import type { Judged, Place, ShownFinding } from '../protocol.js';
import type { State } from './state.js';

/** The findings of all files, each once: by file as they were read, then by place. */
export function findingsIn(tree: Tree): Finding[] {
  return filesWithFindings(tree).flatMap(file => findingsOf(tree, file));
}

/** What the page shows of a judgement. */
export function judged({ tree, generation, milliseconds }: State): Judged {
  const { configuration, suppressed } = tree.result;
  return {
    generation,
    findings: findingsIn(tree).map((finding, id) => shownFinding(tree, finding, id)),
    sections: [...configuration.sections.values()]
      .map(({ name, kind }) => ({ name, kind }))
      .sort((a, b) => Number(b.name === GLOBAL) - Number(a.name === GLOBAL)),
    read: [...new Set([...configuration.documents.keys()].map(file => realPath(tree, file)))],
    suppressed: suppressed.length,
    milliseconds,
  };
}

function shownFinding(tree: Tree, finding: Finding, id: number): ShownFinding {
  const { rule, severity, message, why, help, at, related, fix } = finding;
  const say = (text: string) => withoutSecretValues(text, tree.result.configuration);
  return {
    id,
    rule,
    severity,
    message: say(message),
    why: say(why),
    help: say(help),
    at: placeOf(tree, at),
    related: related.map(other => ({ message: say(other.message), at: placeOf(tree, other.at) })),
    fix: fix && { title: say(fix.title), safety: fix.safety },
  };
}

/** A place of the core as lines and characters in the file itself. */
export function placeOf(tree: Tree, { file, start, end }: Origin): Place {
  const document = findFile(tree, file)?.document;
  const read = document ? undefined : tree.files.readFile(file);
  const text = document ?? { text: read?.ok ? read.text : '' };
  return { file: normalize(realPath(tree, file)), range: toRange(text, { start, end }) };
}
