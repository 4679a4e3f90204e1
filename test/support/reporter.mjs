// Mocha's reporter for this repository: a mark for each test, then the skipped ones with their reasons, the failures in full,
// and as the last line `N passed, N failed, N skipped`.
// Where PROSODIST_SUMMARY names a file, the counts go there: several mochas run, and their sum is the last line.
// In a CI a skipped test is a failure, as everything that tests need is installed there, except what a title says is elsewhere.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { Base } = Mocha.reporters;
const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;
const allowed = '(needs ../shared)';
const width = 100;

export default class Reporter extends Base {
  #skipped = [];
  #marks = 0;

  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_TEST_PASS, () => this.#mark('.'));
    runner.on(EVENT_TEST_FAIL, () => this.#mark('!'));
    runner.on(EVENT_TEST_PENDING, test => {
      this.#skipped.push(test.fullTitle());
      this.#mark(',');
    });
    runner.once(EVENT_RUN_END, () => this.#summary());
  }

  /** Mocha's last question: how many failures there were, which is its exit status. */
  done(failures, finish) {
    finish(failures + this.#forbidden.length);
  }

  get #forbidden() {
    return process.env.CI ? this.#skipped.filter(title => !title.includes(allowed)) : [];
  }

  #mark(mark) {
    process.stdout.write(mark);
    if (++this.#marks % width === 0) process.stdout.write('\n');
  }

  #summary() {
    const { passes, failures, pending, duration } = this.stats;
    console.log(`\n\n${(duration / 1000).toFixed(1)} s`);
    list('Skipped', this.#skipped);
    if (this.failures.length > 0) Base.list(this.failures);
    list('Skipped in a CI, which is a failure', this.#forbidden);
    list('Failed before the tests', (process.env.PROSODIST_FAILED ?? '').split(', ').filter(Boolean));
    const file = process.env.PROSODIST_SUMMARY;
    const forbidden = this.#forbidden.length;
    if (file) writeFileSync(file, JSON.stringify({ passes, failures, pending, forbidden }));
    console.log(`\n${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}

function list(heading, titles) {
  if (titles.length > 0) console.log(`\n${heading}:\n${titles.map(title => `  - ${title}`).join('\n')}`);
}
