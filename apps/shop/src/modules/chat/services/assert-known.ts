import type { UserDirectory } from '../../identity/services/user-directory.js'
import { UnknownUsers } from '../domain/errors.js'

/** Rejects with UnknownUsers, which has all of them. */
export async function assertKnown(
  directory: UserDirectory,
  userIds: readonly string[],
  namedIn: UnknownUsers['namedIn'],
): Promise<void> {
  if (userIds.length === 0) return
  const known = await directory.namesOf(userIds)
  const unknown = userIds.filter((id) => !known.has(id))
  if (unknown.length > 0) throw new UnknownUsers(unknown, namedIn)
}
