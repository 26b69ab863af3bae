import type { UserDirectory } from '#shop/modules/identity/services/user-directory.js'

/** Knows everybody whom `asPrincipal` may name, except those whose id begins with `nobody`. */
export class TestDirectory implements UserDirectory {
  async namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const known = [...ids].filter((id) => !id.startsWith('nobody'))
    return new Map(known.map((id) => [id, `Name of ${id}`]))
  }
}
