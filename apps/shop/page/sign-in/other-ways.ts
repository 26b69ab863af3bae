import type { DemoAccount, SignInWays } from '../api/sign-in-ways.js'
import { create } from '../dom/create.js'

/** A link to each identity provider; from there the visitor comes back to `then`, signed in. Null when there is none. */
export function providerLinks({ items }: SignInWays, then: string): HTMLElement | null {
  if (items.length === 0) return null
  const query = new URLSearchParams({ returnTo: then })
  const links = items.map(({ name, href }) =>
    create('a', { class: 'button', href: `${href}?${query}` }, `Sign in with ${name}`),
  )
  return create('div', { class: 'other-ways' }, create('p', { class: 'or' }, 'or'), ...links)
}

/** The accounts of a shop in development; each of them can be chosen. Null when there is none. */
export function demoAccountList(
  { demoAccounts }: SignInWays,
  choose: (account: DemoAccount) => void,
): HTMLElement | null {
  if (demoAccounts.length === 0) return null
  const rows = demoAccounts.map((account) =>
    create(
      'li',
      {},
      create(
        'button',
        { class: 'button small', type: 'button', onclick: () => choose(account) },
        account.name,
      ),
      create('span', { class: 'hint' }, account.roles.join(', ')),
      create('code', {}, account.email),
      create('code', {}, account.password),
    ),
  )
  return create(
    'section',
    { class: 'demo-accounts', 'aria-labelledby': 'demo-heading' },
    create('h2', { id: 'demo-heading' }, 'Accounts to try'),
    create(
      'p',
      { class: 'hint' },
      'This shop is in development. Choose an account, and its fields are filled in.',
    ),
    create('ul', {}, ...rows),
  )
}
