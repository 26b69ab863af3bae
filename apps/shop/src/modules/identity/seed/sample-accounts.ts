import type { DemoAccount } from '../domain/demo-account.js'
import type { NewUserDetails } from '../domain/user.js'

export interface SampleAccount extends NewUserDetails {
  /** Of the password that the README has for it. Hashed beforehand, so that the start costs nothing. */
  readonly passwordHash: string
}

/** Users of a shop in development: one of each role, and two customers who can talk to each other. */
export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  {
    email: 'admin@shop.example',
    emailVerified: true,
    name: 'Alex Admin',
    roles: ['admin'],
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$gzfB2CBkSgxb9YJnGm43lA$bwW3DX5MSCnjoaeapKmTMXlQKZZLTINxE3pwhM0oz6Y',
  },
  {
    email: 'staff@shop.example',
    emailVerified: true,
    name: 'Sam Staff',
    roles: ['staff'],
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$DA9+B9K9PkHgUCYxwx3ScQ$92wyT942F9S9wmeMbzOJwhcsBXaP8Fz4yBkb8BJTSeo',
  },
  {
    email: 'ada@shop.example',
    emailVerified: true,
    name: 'Ada Customer',
    roles: ['customer'],
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$Qi2zgBuqU5YeyHaPjMadYw$X0XeTlTh0qE4n0Wlx86aeebGSQU4Xpyl44Er0Vbx1FI',
  },
  {
    email: 'grace@shop.example',
    emailVerified: true,
    name: 'Grace Customer',
    roles: ['customer'],
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$4UrmW7byjSe8KDam1OxdPA$lZe+8FydD3utToOlmVsPDQCEOh8sPBfGjbPN2f9Szdk',
  },
]

/** What the sign-in page of a shop in development offers: the sample accounts, and the passwords that the README has. */
export function demoAccounts(): readonly DemoAccount[] {
  return SAMPLE_ACCOUNTS.map(({ email, name, roles }) => {
    const password = `shop-${email.split('@')[0] ?? ''}-demo`
    return { email, password, name, roles }
  })
}
