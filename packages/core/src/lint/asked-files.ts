import type { FileSystem } from '../evaluate/index.js';

/** What was asked of the files, and what they answered. */
export type Asked = Map<string, { readonly question: keyof FileSystem; readonly path: string; readonly answer: string }>;

/** Files that write down what they are asked. */
export function watchedFiles(files: FileSystem, asked: Asked): FileSystem {
  const noted =
    <Answer>(question: keyof FileSystem, ask: (path: string) => Answer) =>
    (path: string): Answer => {
      const answer = ask(path);
      const key = `${question} ${path}`;
      if (!asked.has(key)) asked.set(key, { question, path, answer: JSON.stringify(answer) });
      return answer;
    };
  return {
    readFile: noted('readFile', path => files.readFile(path)),
    readDirectory: noted('readDirectory', path => files.readDirectory(path)),
    stat: noted('stat', path => files.stat(path)),
    realPath: noted('realPath', path => files.realPath(path)),
  };
}

/** Whether files still answer what they answered. */
export function isStill(asked: Asked, files: FileSystem): boolean {
  for (const { question, path, answer } of asked.values()) if (JSON.stringify(files[question](path)) !== answer) return false;
  return true;
}
