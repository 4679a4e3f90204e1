import assert from 'node:assert/strict';

/** Waits until something holds; fails with what `told` says when it does not in time. */
export async function eventually(
  holds: () => boolean,
  told: () => string = () => `did not come to be: ${holds}`,
  milliseconds = 30_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    assert.ok(Date.now() < end, told());
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
