// The worker: all reading and judging is done here, so that the page stays quick whatever it is given.
import { virtualText } from '@prosodist/language-service';
import type { Answer, Kind, Question, Questions } from '../protocol.js';
import { fixAllChange, fixChange, ignoreChange, operationChange, wholePatch } from './changes.js';
import { completions, details, hoverAt, tokensOf } from './editing.js';
import { judged } from './judged.js';
import { shownLogin } from './login.js';
import { maskedFiles } from './masked.js';
import { openProject, type State, withText } from './state.js';

let state: State | undefined;

/** How each question is answered. */
const ANSWERS: { readonly [Name in Kind]: (ask: Questions[Name]['ask']) => Questions[Name]['answer'] } = {
  project(project) {
    state = openProject(project, state);
    return judged(state);
  },
  text({ file, text }) {
    state = withText(current(), file, text);
    return judged(state);
  },
  fix: ({ id, generation }) => fixChange(current(), id, generation),
  fixAll: ({ unsafe }) => fixAllChange(current(), unsafe),
  ignore: ({ id, generation, reach }) => ignoreChange(current(), id, generation, reach),
  operate: operation => operationChange(current(), operation),
  patch: originals => wholePatch(current(), originals),
  effective: scope => virtualText(current().tree, { kind: 'effective', of: '', scope }),
  login: host => shownLogin(current().tree, host),
  masked: () => maskedFiles(current()),
  complete: ({ file, position }) => completions(current().tree, file, position),
  resolve: details,
  hover: ({ file, position }) => hoverAt(current().tree, file, position),
  tokens: file => tokensOf(current().tree, file),
};

function current(): State {
  if (!state) throw new Error('no configuration is open');
  return state;
}

globalThis.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const { number, kind, ask } = data;
  globalThis.postMessage(answerTo(number, kind, ask));
});

function answerTo(number: number, kind: Kind, ask: unknown): Answer {
  try {
    // the page asks what its types let it ask
    return { number, answer: (ANSWERS[kind] as (ask: unknown) => unknown)(ask) };
  } catch (error) {
    return { number, failure: error instanceof Error ? error.message : String(error) };
  }
}
