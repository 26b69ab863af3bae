import { create, element } from './create.js'

/** Says something short at the edge of the page, to screen readers too. It goes by itself when its animation ends. */
export function notify(text: string): void {
  const notice = create('p', { class: 'notice' }, text)
  notice.addEventListener('animationend', () => notice.remove())
  element('notice').replaceChildren(notice)
}
