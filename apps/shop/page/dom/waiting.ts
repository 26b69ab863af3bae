import { ApiError } from '../api/api-error.js'
import { create } from './create.js'

/** A page that could not be shown, and a way to try it again. */
export function failureMessage(error: unknown, again: () => void): HTMLElement {
  const isGone = error instanceof ApiError && error.status === 404
  return create(
    'div',
    { class: 'message' },
    create('h1', { tabindex: -1 }, isGone ? 'There is nothing here' : 'That did not work'),
    create('p', { class: 'message-text' }, ApiError.messageOf(error)),
    isGone
      ? create('a', { class: 'button', href: '/' }, 'To the shop')
      : create('button', { class: 'button', type: 'button', onclick: again }, 'Try again'),
  )
}

/** What is shown where a list has nothing. */
export function emptyMessage(title: string, text: string, href: string, label: string): HTMLElement {
  return create(
    'div',
    { class: 'message' },
    create('p', { class: 'message-title' }, title),
    create('p', { class: 'message-text' }, text),
    create('a', { class: 'button', href }, label),
  )
}
