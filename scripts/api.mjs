// npm run api: what each package offers to its users, as text in docs/api, so that a change of it is seen in review.
// `--check` writes nothing and ends with 1 where a report is not what the packages offer. Runs after `tsc -b`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from './run.mjs';

const packages = ['core', 'machine', 'directory', 'language-service', 'language-server', 'cli'];
const check = process.argv.includes('--check');
const stale = [];

for (const name of packages) {
  const text = report(name);
  const file = join(root, 'docs/api', `${name}.api.md`);
  if (text === read(file)) continue;
  stale.push(name);
  if (check) console.error(`docs/api/${name}.api.md is not what packages/${name} offers; run npm run api`);
  else {
    mkdirSync(join(root, 'docs/api'), { recursive: true });
    writeFileSync(file, text);
    console.log(`docs/api/${name}.api.md written`);
  }
}
process.exitCode = check && stale.length > 0 ? 1 : 0;

function report(name) {
  const folder = mkdtempSync(join(tmpdir(), 'prosodist-api-'));
  try {
    const projectFolder = join(root, 'packages', name);
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder,
        mainEntryPointFilePath: join(projectFolder, 'dist/index.d.ts'),
        apiReport: {
          enabled: true,
          reportFileName: `${name}.api.md`,
          reportFolder: join(folder, 'report'),
          reportTempFolder: join(folder, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        compiler: { overrideTsconfig: compiler(name) },
        messages: { extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } } },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: join(projectFolder, 'package.json'),
    });
    mkdirSync(join(folder, 'report'));
    Extractor.invoke(config, { localBuild: true, messageCallback: quiet });
    return readFileSync(join(folder, 'report', `${name}.api.md`), 'utf8').replaceAll('\r\n', '\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Its messages are about the style of comments; only what it cannot read is worth a line.
function quiet(message) {
  if (message.logLevel !== ExtractorLogLevel.Error) message.logLevel = ExtractorLogLevel.None;
  message.handled = message.logLevel !== ExtractorLogLevel.Error;
}

function compiler(name) {
  const types = name === 'core' || name === 'language-service' ? [] : ['node'];
  return {
    compilerOptions: { target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, types },
    include: [join(root, 'packages', name, 'dist/index.d.ts')],
  };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
