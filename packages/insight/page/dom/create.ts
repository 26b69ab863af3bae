type Attribute = string | number | boolean | null

export type Child = Node | string | null | false

/**
 * An element with attributes and children. `true` is an attribute without a value, `false` and `null` are none.
 *
 * Security: all that is shown comes from whoever sends a request. Texts become text nodes, never markup; the policy of
 * the page would not let them.
 */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) created.setAttribute(name, value === true ? '' : String(value))
  }
  created.append(...children.filter((child) => child !== null && child !== false))
  return created
}

/** A button of text that does something. */
export function button(
  text: string,
  attributes: Readonly<Record<string, Attribute>>,
  act: (event: MouseEvent) => void,
): HTMLButtonElement {
  const created = create('button', { type: 'button', class: 'button', ...attributes }, text)
  created.addEventListener('click', act)
  return created
}

/** The one element of index.html with that id. */
export function element<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found as E
}

/** Sets a text only where it is another one: what did not change is not drawn again. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text
}
