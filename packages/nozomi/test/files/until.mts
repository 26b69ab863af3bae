import assert from 'node:assert/strict'

/** Waits until it is so. Fails when that doesn't come. */
export async function until(condition: () => boolean, what = 'what was waited for'): Promise<void> {
  for (let attempt = 0; attempt < 1000 && !condition(); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.ok(condition(), `${what} did not come`)
}
