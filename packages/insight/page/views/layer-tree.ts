import type { WireFinding, WireLayer } from '../../src/inspector/wire.js'
import { button, create } from '../dom/create.js'
import { plural } from '../dom/format.js'
import { loadFrame } from './code-frame.js'

/** Layers and those inside them. Routers and applications can be closed; every place shows its source. */
export function layerTree(layers: readonly WireLayer[], findings: readonly WireFinding[]): HTMLElement {
  return create('ol', { class: 'layers' }, ...layers.map((layer) => layerItem(layer, findings)))
}

function layerItem(layer: WireLayer, findings: readonly WireFinding[]): HTMLElement {
  const line = layerLine(layer, findings)
  if (layer.kind !== 'application' && layer.kind !== 'router') return create('li', {}, line)
  const inside = insideOf(layer, findings)
  const toggle = button(
    '',
    { class: 'toggle', 'aria-expanded': 'true', 'aria-label': `Layers of ${layer.name}` },
    () => {
      inside.hidden = !inside.hidden
      toggle.setAttribute('aria-expanded', String(!inside.hidden))
    },
  )
  return create('li', {}, toggle, line, inside)
}

function insideOf(layer: WireLayer, findings: readonly WireFinding[]): HTMLElement {
  if (layer.isCyclic) {
    return create('p', { class: 'quiet' }, 'It is mounted inside of itself: its layers are listed above.')
  }
  return layer.children.length === 0
    ? create('p', { class: 'quiet' }, 'It has no layers.')
    : layerTree(layer.children, findings)
}

function layerLine(layer: WireLayer, findings: readonly WireFinding[]): HTMLElement {
  const isRoute = layer.kind === 'route'
  const at = layer.registeredAt ?? layer.definedAt
  const line = create(
    'span',
    { class: `layer kind-${layer.kind}` },
    isRoute
      ? create('span', { class: 'methods' }, layer.methods.length === 0 ? 'ALL' : layer.methods.join(' '))
      : create('span', { class: 'kind' }, layer.kind),
    create('span', { class: 'path' }, pathsOf(layer)),
    create(
      'span',
      { class: 'names' },
      isRoute ? layer.children.map(({ name }) => name).join(' → ') : layer.name,
    ),
    ...marksOf(layer, findings),
  )
  if (at === null) return line
  const source = create('div', { class: 'layer-source', hidden: true })
  const toggle = button(at, { class: 'at', 'aria-expanded': 'false' }, () => {
    source.hidden = !source.hidden
    toggle.setAttribute('aria-expanded', String(!source.hidden))
    if (source.children.length === 0) loadFrame(source, at)
  })
  line.append(toggle)
  return create('div', { class: 'layer-box' }, line, source)
}

function pathsOf({ fullPaths, kind }: WireLayer): string {
  const paths = fullPaths.join(', ')
  return paths === '/' && kind !== 'route' ? '' : paths
}

function marksOf(layer: WireLayer, findings: readonly WireFinding[]): HTMLElement[] {
  const own = new Set(
    layer.kind === 'route' ? [layer, ...layer.children].flatMap((each) => each.findings) : layer.findings,
  )
  if (own.size === 0) return []
  const [first = 0] = own
  const severities = new Set([...own].map((index) => findings[index]?.severity))
  const worst = (['error', 'warning', 'advice'] as const).find((each) => severities.has(each)) ?? 'advice'
  const label = own.size === 1 ? (findings[first]?.rule ?? worst) : plural(own.size, 'finding')
  return [
    button(label, { class: `mark-finding is-${worst}` }, () => {
      document.getElementById(`finding-${first}`)?.focus()
    }),
  ]
}
