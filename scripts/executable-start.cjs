// The start of the executable (scripts/executable.mjs). An executable has no files beside it, but it can carry them: what the program
// asks for is looked for inside, and compiled when it is asked for, so who checks a file does not wait for the language server.
// The build runs this too, in the same Node and outside of the executable, to make the code caches: PROSODIST_FILES is the folder with
// the program's files, and `<name>.cache` is left beside each that was compiled.
const { Script } = require('node:vm');
const sea = require('node:sea');

const outside = require;
const isBuild = !sea.isSea();
const loaded = new Map();
const scripts = new Map();
const assets = isBuild ? filesOf(process.env.PROSODIST_FILES) : assetOf;

load('./prosodist.cjs');
if (isBuild) process.on('exit', writeCaches);

function load(name) {
  if (!name.startsWith('./')) return outside(name);
  const known = loaded.get(name);
  if (known) return known.exports;
  // all of it is ASCII: scripts/bundle.mjs sees to it
  const text = assets(name.slice(2)).latin1Slice().replace(/^#!.*/, '');
  const script = new Script(`(function (exports, require, module) {${text}\n})`, {
    filename: name,
    // V8 itself looks whether the cache is of this V8, and compiles where it is not
    cachedData: assets(`${name.slice(2)}.cache`),
  });
  scripts.set(name, script);
  const module = { exports: {} };
  loaded.set(name, module);
  script.runInThisContext()(module.exports, load, module);
  return module.exports;
}

function assetOf(name) {
  try {
    return Buffer.from(sea.getRawAsset(name));
  } catch {
    // made for another architecture, the executable has no caches
    return undefined;
  }
}

function filesOf(folder) {
  return name => (name.endsWith('.cache') ? undefined : outside('node:fs').readFileSync(outside('node:path').join(folder, name)));
}

function writeCaches() {
  for (const [name, script] of scripts)
    outside('node:fs').writeFileSync(`${process.env.PROSODIST_FILES}/${name}.cache`, script.createCachedData());
}
