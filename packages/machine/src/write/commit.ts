import { dirname } from 'node:path';
import { osPath } from '../paths.js';
import { WriteError } from './error.js';
import type { Journal } from './journal.js';
import { noted, type Place } from './place.js';
import { thisProcess } from './process.js';
import type { Session } from './session.js';
import { removeQuietly, syncFolder } from './stage.js';
import type { Step } from './step.js';

/**
 * Does steps that have been checked, under a journal: all of them or none.
 * @throws WriteError that tells what failed, and what could not be put back, if anything
 */
export function perform(
  place: Place,
  session: Session,
  steps: readonly Step[],
  { undoes, before }: { readonly undoes: number | null; readonly before: (step: 'stage' | 'commit', file: string) => void },
): void {
  let phase: Journal['phase'] = 'staging';
  let done = 0;
  const journal = (): Journal => ({
    version: 1,
    id: session.id ?? 0,
    entry: place.entry,
    time: Date.now(),
    by: thisProcess(),
    undoes,
    phase,
    steps: steps.map(step => notedStep(place, step)),
    helpers: steps.flatMap(step => step.helpers()).map(name => noted(place, name)),
  });
  try {
    session.note(journal());
    for (const step of steps) {
      before('stage', step.file);
      step.stage();
    }
    for (const step of steps) step.check();
    for (const step of steps) step.keep();
    phase = 'committing';
    session.note(journal());
    for (const step of steps) {
      before('commit', step.file);
      commit(step);
      done++;
    }
    for (const folder of new Set(steps.map(step => dirname(step.record().file)))) syncFolder(osPath(folder, '/'));
    for (const helper of steps.flatMap(step => step.helpers())) removeQuietly(osPath(helper, '/'));
    session.finish(journal());
  } catch (error) {
    const whole = journal();
    const failure = WriteError.from(error, steps[done]?.file);
    const lost = session.takeBack({ ...whole, steps: whole.steps.slice(0, done) }, step => steps[step]!.memory());
    if (lost.length === 0) throw failure;
    throw new WriteError('failed', `${failure.message}; and it could not be undone: ${lost.join('; ')}`, failure.file, {
      cause: error,
    });
  }
}

/** Just before a file changes, it is looked at once more. */
function commit(step: Step): void {
  step.check();
  step.commit();
}

function notedStep(place: Place, step: Step): Journal['steps'][number] {
  const record = step.record();
  const name = (path: string | null) => (path === null ? null : noted(place, path));
  return {
    ...record,
    file: noted(place, record.file),
    kept: name(record.kept),
    fresh: name(record.fresh),
    spare: noted(place, record.spare),
  };
}
