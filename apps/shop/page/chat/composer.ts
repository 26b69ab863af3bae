import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { icon } from '../dom/icon.js'
import type { Person } from './chat-messages.js'
import type { Conversation } from './conversation.js'

/** How often it is said that the visitor types. */
const TYPING_EVERY_MS = 3000

/** Where a message is written. Enter sends it, Shift and Enter begin a new line. */
export function createComposer(conversation: Conversation): HTMLElement {
  const text = create('textarea', {
    id: 'message-text',
    rows: 1,
    maxlength: 2000,
    placeholder: 'Write a message',
    'aria-label': 'Message',
    'aria-describedby': 'composer-hint',
    enterkeyhint: 'send',
  })
  const failure = create('p', { class: 'form-error', role: 'alert' })
  const button = create(
    'button',
    { class: 'round primary', type: 'submit', 'aria-label': 'Send' },
    icon('send'),
  )
  const form = create('form', { class: 'composer' }, text, button)
  const hint = create('p', { class: 'hint', id: 'composer-hint' }, 'Enter sends. @Name tells somebody.')
  /** Of the text that is in the field: sent again after a failure, it is the same message. */
  let clientId: string = crypto.randomUUID()
  let saidTypingAt = 0

  text.addEventListener('input', () => {
    clientId = crypto.randomUUID()
    fitHeight(text)
    if (Date.now() - saidTypingAt < TYPING_EVERY_MS) return
    saidTypingAt = Date.now()
    conversation.sayTyping(true)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const said = text.value.trim()
    if (said === '') return
    failure.textContent = ''
    saidTypingAt = 0
    conversation.send(said, clientId, mentionsIn(said, conversation.people)).then(
      () => {
        // Only what was sent: the visitor may have gone on.
        if (text.value.trim() === said) text.value = ''
        clientId = crypto.randomUUID()
        fitHeight(text)
      },
      (error: unknown) => {
        failure.textContent = `Not sent. ${ApiError.messageOf(error)}`
      },
    )
    text.focus()
  })
  return create('div', { class: 'composer-area' }, failure, form, hint)
}

/** Who is named by an @ and their name, or its first word. */
function mentionsIn(text: string, people: readonly Person[]): readonly string[] {
  const words = text.toLowerCase()
  return people
    .filter(({ name }) => words.includes(`@${name.split(' ')[0]?.toLowerCase()}`))
    .map(({ id }) => id)
    .slice(0, 10)
}

function fitHeight(text: HTMLTextAreaElement): void {
  const lines = text.value.split('\n').length
  text.rows = Math.min(5, Math.max(1, lines))
}
