import type { TestContext } from 'node:test'

/** Counts the changes of prototype that requests cause. */
export async function countPrototypeChanges(t: TestContext, requests: () => Promise<void>): Promise<number> {
  const ofObject = t.mock.method(Object, 'setPrototypeOf')
  const ofReflect = t.mock.method(Reflect, 'setPrototypeOf')
  await requests()
  const count = ofObject.mock.callCount() + ofReflect.mock.callCount()
  t.mock.restoreAll()
  return count
}
