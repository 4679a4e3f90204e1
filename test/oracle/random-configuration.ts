import fc from 'fast-check';
import { type File, fileOf } from './random-lua.js';

/** A configuration made at random, and what of this machine it asks for. */
export interface RandomTree {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
}

const ENTRY = 'prosody.cfg.lua';

/** Small trees: a main file, and up to four more that it may or may not include. */
export const randomTree: fc.Arbitrary<RandomTree> = fc
  .record({
    main: fileOf([
      'inc/one.cfg.lua',
      'inc/two.cfg.lua',
      'inc/*.cfg.lua',
      './inc/one.cfg.lua',
      'inc/t?o.cfg.lua',
      'none.lua',
      'inc',
    ]),
    one: fc.option(fileOf(['deep.lua', '../words.lua', 'deep*.lua']), { freq: 2 }),
    two: fc.option(fileOf(['/etc/prosody/inc/deep.lua', 'deep.lua']), { freq: 3 }),
    deep: fc.option(fileOf([]), { freq: 1 }),
    words: fc.constantFrom('first\nsecond\n', 'one line', '', '\n\n', 'x = 1\n'),
    env: fc.constantFrom({}, { HOST: 'env.example' }, { HOST: 'Env.Example', EMPTY: '' }),
  })
  .map(({ main, one, two, deep, words, env }) => {
    const more: [string, File | null][] = [
      ['inc/one.cfg.lua', one],
      ['inc/two.cfg.lua', two],
      ['inc/deep.lua', deep],
    ];
    // a file that nothing names is no part of the case
    const named = [main, one, two].filter(file => file !== null).join('\n');
    const used = more.filter(([path, text]) => text !== null && named.includes(path.slice(4, 7)) && named.includes('Include'));
    const files = Object.fromEntries([
      [ENTRY, main],
      ...used,
      ...(/words/.test(named + (deep ?? '')) ? [['words.lua', words]] : []),
    ]);
    return { files: files as Record<string, string>, entry: ENTRY, env };
  });

/** The tree as a person would read it. */
export function shown(tree: RandomTree): string {
  const files = Object.entries(tree.files).map(([path, text]) => `--- ${path}\n${text}`);
  return [...files, `--- environment ${JSON.stringify(tree.env)}`].join('\n');
}
