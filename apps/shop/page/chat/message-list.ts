import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import type { Message } from './chat-messages.js'
import type { Conversation } from './conversation.js'

/** How near to an edge counts as at it. */
const NEAR_PX = 60

/** What was said in a room. It follows the newest, unless the visitor reads further up; there it gets what was before. */
export class MessageList {
  readonly element: HTMLElement
  readonly #list = create('ol', { class: 'messages' })
  readonly #none = create(
    'p',
    { class: 'log-empty' },
    'Nothing has been said here yet. Write the first message below.',
  )
  readonly #older: HTMLButtonElement
  readonly #conversation: Conversation
  readonly #me: string
  readonly #shown = new Map<number, HTMLElement>()

  constructor(conversation: Conversation, me: string) {
    this.#conversation = conversation
    this.#me = me
    const load = (): void => void conversation.loadOlder().catch(() => {})
    this.#older = create('button', { class: 'link', type: 'button', onclick: load }, 'Earlier messages')
    this.element = create(
      'div',
      // A log is read out as it grows. It takes the focus, so that the arrow keys move it.
      { class: 'log', role: 'log', 'aria-label': 'Messages', tabindex: 0 },
      this.#older,
      this.#none,
      this.#list,
    )
    this.element.addEventListener('scroll', () => {
      if (this.element.scrollTop < NEAR_PX && conversation.hasOlder) load()
      this.markRead()
    })
  }

  /** Shows what came, where it belongs. */
  show(): void {
    const { element } = this
    const wasAtEnd = this.#isAtEnd
    const fromEnd = element.scrollHeight - element.scrollTop
    const before = this.#shown.size
    const first = [...this.#shown.keys()][0] ?? Number.POSITIVE_INFINITY
    // What is older is no news: it shall not be read out.
    element.setAttribute('aria-live', before === 0 ? 'off' : 'polite')
    for (const message of this.#conversation.messages) {
      if (this.#shown.has(message.sequence)) continue
      const item = this.#createItem(message)
      this.#shown.set(message.sequence, item)
      const next = this.#conversation.messages.find(
        ({ sequence }) =>
          sequence > message.sequence && this.#list.contains(this.#shown.get(sequence) ?? null),
      )
      this.#list.insertBefore(item, next === undefined ? null : (this.#shown.get(next.sequence) ?? null))
    }
    this.#older.hidden = !this.#conversation.hasOlder
    this.#none.hidden = this.#shown.size > 0
    if (wasAtEnd || before === 0) this.#goToEnd()
    else if ((this.#conversation.messages[0]?.sequence ?? first) < first)
      element.scrollTop = element.scrollHeight - fromEnd
    this.showReaders()
    this.markRead()
  }

  /** Who has read, below the newest message of one's own that somebody has read. */
  showReaders(): void {
    for (const shown of this.#list.querySelectorAll('.readers')) shown.remove()
    const own = this.#conversation.messages.filter(({ author }) => author.id === this.#me)
    const read = own.findLast(({ sequence }) => this.#conversation.readersOf(sequence).length > 0)
    if (read === undefined) return
    const names = this.#conversation.readersOf(read.sequence).join(', ')
    this.#shown.get(read.sequence)?.append(create('span', { class: 'readers' }, `Read by ${names}`))
    if (this.#isAtEnd) this.#goToEnd()
  }

  /** What is at the end of the list, in a window that is looked at, is read. */
  markRead(): void {
    if (!document.hidden && this.element.isConnected && this.#isAtEnd) this.#conversation.markRead()
  }

  get #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element
    return scrollHeight - scrollTop - clientHeight < NEAR_PX
  }

  #goToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight
  }

  #createItem({ author, text, sentAt }: Message): HTMLElement {
    const isOwn = author.id === this.#me
    return create(
      'li',
      { class: isOwn ? 'message-item own' : 'message-item' },
      create(
        'span',
        { class: 'message-head' },
        create('strong', {}, isOwn ? 'You' : author.name),
        ' ',
        moment(sentAt),
      ),
      create('p', { class: 'bubble' }, text),
    )
  }
}
