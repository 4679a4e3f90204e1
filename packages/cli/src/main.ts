#!/usr/bin/env node
import { run } from './run.js';
import { terminalOf } from './terminal.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', error => {
    // `prosodist check | head` closes our output early: that is no failure
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const { stdout, stderr, env } = process;
run(process.argv.slice(2), {
  stdout,
  stderr,
  // when they are asked for: making a stream of it takes as long as looking at a small configuration
  get stdin() {
    return process.stdin;
  },
  get terminal() {
    return terminalOf(process.stdin, stderr);
  },
  env,
  cwd: process.cwd(),
  isTTY: stdout.isTTY === true,
  stderrIsTTY: stderr.isTTY === true,
  columns: stdout.columns,
}).then(status => {
  // not process.exit: what is still to be written is written
  process.exitCode = status;
});
