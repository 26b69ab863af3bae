import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'

export function showSignIn({ search, go }: Visit): View {
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
  const content = create(
    'div',
    { class: 'page small' },
    pageHead('Sign in'),
    form,
    create('p', { class: 'hint' }, 'New here? ', link('/register', 'Make an account', search), '.'),
  )
  return { title: 'Sign in', content }
}

export function showRegistration({ search, go }: Visit): View {
  const name = create('input', { name: 'name', required: true, maxlength: 100, autocomplete: 'name' })
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

/** Security: a path of this shop and nothing else; `//host` and `/\host` would lead elsewhere. */
function destinationOf(search: URLSearchParams): string {
  const then = search.get('then') ?? '/'
  return /^\/(?![/\\])/.test(then) ? then : '/'
}

function link(path: string, text: string, search: URLSearchParams): HTMLAnchorElement {
  return create('a', { href: search.size === 0 ? path : `${path}?${search}` }, text)
}

function emailInput(): HTMLInputElement {
  return create('input', { name: 'email', type: 'email', required: true, autocomplete: 'username' })
}

function passwordInput(autocomplete: string): HTMLInputElement {
  return create('input', { name: 'password', type: 'password', required: true, autocomplete })
}
