import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { live } from '../live/socket.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import type { Person } from './chat-messages.js'
import { createComposer } from './composer.js'
import { Conversation } from './conversation.js'
import { MessageList } from './message-list.js'
import { RoomList } from './room-list.js'

/** The room that every shop has. */
const FIRST_ROOM = 'support'

/** The chat: rooms, and one of them with what is said in it. */
export async function showChat({ params, signal, go }: Visit): Promise<View> {
  const me = session.user
  if (me === null) throw new Error('nobody is signed in')
  const rooms = new RoomList(params.room ?? FIRST_ROOM, signal)
  const people = create('div', { class: 'people', role: 'group', 'aria-label': 'Who is here' })
  const typing = create('p', { class: 'typing', role: 'status' })

  const talkTo = (other: Person): void => {
    rooms.privateRoomWith(me, other).then(
      (id) => go(`/chat/${id}`),
      (error: unknown) => say(ApiError.messageOf(error)),
    )
  }
  const showPeople = (): void => {
    const { others } = conversation
    people.replaceChildren(
      create('span', { class: 'soft' }, others.length === 0 ? 'Nobody else is here now.' : 'Here now:'),
      ...others.map((person) =>
        create(
          'button',
          {
            class: 'person',
            type: 'button',
            'aria-label': `Talk to ${person.name} in private`,
            onclick: () => talkTo(person),
          },
          person.name,
        ),
      ),
    )
  }
  const conversation = new Conversation(
    params.room ?? FIRST_ROOM,
    me,
    (what) => {
      if (what === 'people') showPeople()
      else if (what === 'typing') typing.textContent = sentenceOf(conversation.typing)
      else if (what === 'reads') messages.showReaders()
      else messages.show()
    },
    signal,
  )
  const messages = new MessageList(conversation, me.id)
  document.addEventListener('visibilitychange', () => messages.markRead(), { signal })
  const state = watchConnection(signal)
  await Promise.all([rooms.load(), conversation.open()])

  const content = create(
    'div',
    { class: 'page chat' },
    rooms.element,
    create(
      'section',
      { class: 'conversation', 'aria-label': conversation.title },
      pageHead(conversation.title, people),
      state,
      messages.element,
      typing,
      createComposer(conversation),
    ),
  )
  // Only what is on the page can be scrolled.
  requestAnimationFrame(() => {
    messages.element.scrollTop = messages.element.scrollHeight
    messages.markRead()
  })
  return { title: `${conversation.title}, chat`, content }
}

function sentenceOf(names: readonly string[]): string {
  if (names.length === 0) return ''
  return names.length === 1 ? `${names[0]} is typing …` : `${names.join(' and ')} are typing …`
}

function watchConnection(signal: AbortSignal): HTMLElement {
  const state = create('p', { class: 'connection', role: 'status' })
  live.on('disconnect', () => (state.textContent = 'The connection is lost; it will come back.'), signal)
  live.on('connect', () => (state.textContent = ''), signal)
  return state
}
