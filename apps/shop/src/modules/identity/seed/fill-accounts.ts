import { EmailTaken } from '../domain/errors.js'
import type { UserRepository } from '../domain/repositories.js'
import { createUser, type NewUserDetails } from '../domain/user.js'
import { SAMPLE_ACCOUNTS, type SampleAccount } from './sample-accounts.js'

export interface AccountsToFill {
  readonly sampleAccounts: boolean
  readonly firstAdmin: { readonly email: string; readonly password: string } | null
}

/**
 * Adds the accounts that a shop begins with. Those whose address has an account already are left as they are.
 *
 * Security: a database may come from development. Where sample accounts are not wanted, those that it has lose the
 * password that everybody knows.
 */
export async function fillAccounts(
  users: UserRepository,
  { sampleAccounts, firstAdmin }: AccountsToFill,
  hash: (password: string) => Promise<string>,
): Promise<void> {
  if (sampleAccounts) {
    for (const { passwordHash, ...details } of SAMPLE_ACCOUNTS) {
      await addMissing(users, details, async () => passwordHash)
    }
  } else {
    for (const account of SAMPLE_ACCOUNTS) await closeSample(users, account)
  }
  if (firstAdmin === null) return
  const { email, password } = firstAdmin
  const details = { email, emailVerified: true, name: 'Admin', roles: ['admin'] as const }
  await addMissing(users, details, () => hash(password))
}

async function closeSample(users: UserRepository, { email, passwordHash }: SampleAccount): Promise<void> {
  const found = await users.credentials(email)
  if (found?.passwordHash === passwordHash) await users.removePassword(found.user.id)
}

async function addMissing(
  users: UserRepository,
  details: NewUserDetails,
  passwordHash: () => Promise<string>,
): Promise<void> {
  if ((await users.credentials(details.email)) !== null) return
  try {
    await users.add(createUser(details, new Date()), await passwordHash())
  } catch (error) {
    // Another instance that starts was faster.
    if (!(error instanceof EmailTaken)) throw error
  }
}
