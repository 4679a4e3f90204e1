/**
 * Tests that need something installed. Where it is missing there is one skipped test instead, whose title says why, so that
 * nobody takes the silence for success.
 */
export function describeWith<T extends object>(title: string, lab: T | { missing: string }, tests: (lab: T) => void): void {
  describe(title, () => {
    if ('missing' in lab) it(`is skipped: ${lab.missing}`);
    else tests(lab);
  });
}
