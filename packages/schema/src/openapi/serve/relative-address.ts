/*
 * All addresses that are given out are relative: so they hold wherever the application is mounted, and behind whatever prefix a proxy
 * takes away.
 */

/** From the page at one path to another path of the same application: `openapi.json`, `../openapi.json`. */
export function relativeAddress(from: string, to: string): string {
  const [folder, target] = [from.split('/').slice(1, -1), to.split('/').slice(1)]
  let shared = 0
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared]) shared++
  const up = '../'.repeat(folder.length - shared)
  return up + target.slice(shared).join('/') || './'
}

/** From a document to the root of the application whose path, with that of the middleware, it is at. */
export function addressOfRoot(path: string): string {
  return '../'.repeat(path.split('/').slice(1, -1).length) || './'
}
