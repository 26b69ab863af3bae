import { create } from './create.js'

/** The heading of a view. It can take the focus: there a screen reader begins after a change of view. */
export function pageHead(title: string, ...beside: readonly (Node | null)[]): HTMLElement {
  return create('header', { class: 'page-head' }, create('h1', { tabindex: -1 }, title), ...beside)
}
