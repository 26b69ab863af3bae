import type { Finding } from '../types/finding.js'
import type { LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import { formatPlace } from './place-text.js'
import type { Explained } from './source.js'
import type { Routes, WireExplained, WireField, WireLayer } from './wire.js'

export function toRoutes(layers: readonly LayerNode[], findings: readonly Finding[], root: string): Routes {
  return {
    layers: layers.map((layer) => toWireLayer(layer, findings, root)),
    findings: findings.map(({ rule, severity, what, why, mend, place }) => ({
      rule,
      severity,
      what,
      why,
      mend,
      place: formatPlace(place, root),
    })),
  }
}

function toWireLayer(node: LayerNode, findings: readonly Finding[], root: string): WireLayer {
  return {
    kind: node.kind,
    name: node.name,
    paths: node.paths.map(String),
    fullPaths: node.fullPaths,
    methods: node.methods,
    definedAt: formatPlace(node.definedAt, root),
    registeredAt: formatPlace(node.registeredAt, root),
    children: node.children.map((child) => toWireLayer(child, findings, root)),
    isCyclic: node.isCyclic,
    findings: findings.flatMap(({ place }, index) => (isAbout(place, node) ? [index] : [])),
  }
}

/** A finding names the place where its layer was registered, or where its function stands when that is not known. */
function isAbout(place: Place | null, node: LayerNode): boolean {
  if (place === null) return false
  if (isSame(place, node.registeredAt)) return true
  return node.handler !== null && isSame(place, node.definedAt)
}

function isSame(one: Place, other: Place | null): boolean {
  return other !== null && one.file === other.file && one.line === other.line && one.column === other.column
}

export function toWireExplained(explained: Explained, root: string): WireExplained {
  const { method, url, layers, end, nearest } = explained
  return {
    method,
    url,
    ends: end.text,
    status: end.status,
    steps: layers.map((layer) => ({
      name: layer.name,
      kind: layer.kind,
      pattern: layer.pattern,
      methods: layer.methods,
      depth: layer.depth,
      verdict: layer === end.layer ? 'answers' : layer.verdict,
      why: layer.why,
      params: Object.entries(layer.params).map(([name, value]): WireField => [name, textOf(value)]),
      place: formatPlace(layer.place, root),
    })),
    nearest: nearest.map((route) => ({
      method: route.method,
      pattern: route.pattern,
      differs: route.text,
      instead: route.instead,
      place: formatPlace(route.place, root),
    })),
  }
}

/** A parameter may be a list: of a wildcard. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}
