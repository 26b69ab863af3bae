type Attribute = string | number | boolean | null | ((event: Event) => void)

type Child = Node | string | null | false

/**
 * An element with attributes and children. `true` is an attribute without a value, `false` and `null` are none, and a
 * function listens: `{ onclick: act }`.
 *
 * Security: texts become text nodes, never markup; whatever a product or a message holds is only shown.
 */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') created.addEventListener(name.slice(2), value)
    else if (value !== null && value !== false)
      created.setAttribute(name, value === true ? '' : String(value))
  }
  created.append(...children.filter((child) => child !== null && child !== false))
  return created
}
