import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { fetchSignInWays, type SignInWays } from '../api/sign-in-ways.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { destinationOf } from './destination.js'
import { demoAccountList, providerLinks } from './other-ways.js'

/** What the shop says by `failed` when it sends a visitor back who was not signed in by an identity provider. */
const FAILURES: Readonly<Record<string, string>> = {
  refused: 'You were not signed in. Begin again, or use your password.',
  unavailable: 'The identity provider does not answer. Try again in a moment, or use your password.',
  unverified: 'You were not signed in: the identity provider has not verified your e-mail address.',
}

export async function showSignIn({ search, signal, go }: Visit): Promise<View> {
  const ways = await waysToSignIn(signal)
  const email = emailInput()
  const password = passwordInput('current-password')
  const then = destinationOf(search)
  const form = createForm({
    fields: [field('E-mail address', email), field('Password', password)],
    submit: 'Sign in',
    act: async () => {
      await session.signIn(email.value.trim(), password.value)
      say(`Welcome back, ${session.user?.name ?? ''}.`)
      go(then, { replace: true })
    },
  })
  const failure = FAILURES[search.get('failed') ?? '']
  const content = create(
    'div',
    { class: 'page small' },
    pageHead('Sign in'),
    failure === undefined ? null : create('p', { class: 'form-error', role: 'alert' }, failure),
    form,
    providerLinks(ways, then),
    create('p', { class: 'hint' }, 'New here? ', link('/register', 'Make an account', search), '.'),
    demoAccountList(ways, (account) => {
      email.value = account.email
      password.value = account.password
      form.querySelector('button')?.focus()
    }),
  )
  return { title: 'Sign in', content }
}

export function showRegistration({ search, go }: Visit): View {
  const name = create('input', { name: 'name', required: true, maxlength: 80, autocomplete: 'name' })
  const email = emailInput()
  const password = passwordInput('new-password')
  password.minLength = 10
  password.maxLength = 200
  const form = createForm({
    fields: [
      field('Name', name),
      field('E-mail address', email),
      field('Password', password, 'At least 10 characters. A few words are better than one with signs.'),
    ],
    submit: 'Make an account',
    act: async () => {
      await session.register(name.value.trim(), email.value.trim(), password.value)
      say(`Welcome, ${session.user?.name ?? ''}.`)
      go(destinationOf(search), { replace: true })
    },
  })
  const content = create(
    'div',
    { class: 'page small' },
    pageHead('Make an account'),
    form,
    create('p', { class: 'hint' }, 'You have one? ', link('/sign-in', 'Sign in', search), '.'),
  )
  return { title: 'Make an account', content }
}

function link(path: string, text: string, search: URLSearchParams): HTMLAnchorElement {
  return create('a', { href: search.size === 0 ? path : `${path}?${search}` }, text)
}

/** Who can not be told of the other ways still has the password. */
async function waysToSignIn(signal: AbortSignal): Promise<SignInWays> {
  try {
    return await fetchSignInWays(signal)
  } catch (error) {
    if (!signal.aborted) console.warn('it is not known who else can sign visitors in', error)
    return { items: [], demoAccounts: [] }
  }
}

function emailInput(): HTMLInputElement {
  return create('input', {
    name: 'email',
    type: 'email',
    required: true,
    maxlength: 254,
    autocomplete: 'username',
  })
}

function passwordInput(autocomplete: string): HTMLInputElement {
  return create('input', { name: 'password', type: 'password', required: true, autocomplete })
}
