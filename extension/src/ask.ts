import { type Disposable, l10n, type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** The answer of somebody who wants the question before this one. */
export const BACK = Symbol('back');

/** Where in a row of questions this one is. */
export interface Step {
  readonly title: string;
  readonly step: number;
  readonly first: boolean;
}

export interface Choice<Value> extends QuickPickItem {
  readonly value: Value;
}

/** One of several; undefined where the person wants nothing more. */
export function askChoice<Value>(
  at: Step,
  placeholder: string,
  items: readonly Choice<Value>[],
  usual?: (item: Choice<Value>) => boolean,
): Promise<Choice<Value> | typeof BACK | undefined> {
  const input = window.createQuickPick<Choice<Value>>();
  input.items = items;
  input.placeholder = placeholder;
  input.matchOnDetail = true;
  const first = usual && items.find(usual);
  if (first) input.activeItems = [first];
  return answered(input, at, done => input.onDidAccept(() => input.selectedItems[0] && done(input.selectedItems[0])));
}

/** A text; `flaw` says what is wrong with it, and only what has no flaw is taken. */
export function askText(
  at: Step,
  prompt: string,
  value: string,
  options: { password?: boolean; placeholder?: string; flaw?: (text: string) => string | undefined } = {},
): Promise<string | typeof BACK | undefined> {
  const input = window.createInputBox();
  input.value = value;
  input.prompt = prompt;
  input.password = options.password ?? false;
  if (options.placeholder) input.placeholder = options.placeholder;
  const flaw = (text: string) => options.flaw?.(text);
  input.onDidChangeValue(() => {
    input.validationMessage = undefined;
  });
  return answered(input, at, done =>
    input.onDidAccept(() => {
      const text = options.password ? input.value : input.value.trim();
      const wrong = flaw(text);
      if (wrong) input.validationMessage = wrong;
      else done(text);
    }),
  );
}

function answered<Answer>(
  input: QuickInput & { buttons: readonly object[]; onDidTriggerButton(listener: (button: object) => void): Disposable },
  { title, step, first }: Step,
  listen: (done: (answer: Answer) => void) => Disposable,
): Promise<Answer | typeof BACK | undefined> {
  input.title = title;
  input.step = step;
  // somebody looks a name up elsewhere
  input.ignoreFocusOut = true;
  if (!first) input.buttons = [QuickInputButtons.Back];
  return new Promise<Answer | typeof BACK | undefined>(resolve => {
    const done = (answer: Answer | typeof BACK | undefined) => {
      resolve(answer);
      input.dispose();
    };
    listen(done);
    input.onDidTriggerButton(() => done(BACK));
    input.onDidHide(() => done(undefined));
    input.show();
  });
}

/** One question of a row: keeps its answer where it wants, and says how it went. */
export type Question = (at: Step) => Promise<'next' | 'skip' | typeof BACK | undefined>;

/** Asks one after the other, and back again. @returns whether all have been answered */
export async function askAll(title: string, questions: readonly Question[]): Promise<boolean> {
  const asked: number[] = [];
  for (let at = 0; at < questions.length; ) {
    const answer = await questions[at]!({ title, step: asked.length + 1, first: asked.length === 0 });
    if (answer === undefined) return false;
    if (answer === BACK) {
      at = asked.pop() ?? 0;
      continue;
    }
    if (answer === 'next') asked.push(at);
    at += 1;
  }
  return true;
}

export const NOTHING = () => l10n.t('Nothing was changed.');
