import type { LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import { formatPlace } from './place-text.js'
import type { InspectorSource } from './source.js'
import type { PlaceText } from './wire.js'

/**
 * The place that is shown as `text`, where the inspector shows it anywhere; null otherwise.
 *
 * Security: what a client sends is only compared. No path is made of it, so none can lead to another file.
 */
export function findPlace(source: InspectorSource, text: PlaceText, root: string): Place | null {
  // Perf: there may be 100,000 places, and few of them stand in the same line and column.
  const end = /:\d+:\d+$/.exec(text)?.[0]
  for (const place of allPlaces(source)) {
    if (place !== null && `:${place.line}:${place.column}` === end && formatPlace(place, root) === text)
      return place
  }
  return null
}

function* allPlaces(source: InspectorSource): Generator<Place | null> {
  for (const { place } of source.findings()) yield place
  for (const { places } of source.incidents()) for (const { place } of places) yield place
  yield* placesOfLayers(source.layers())
  for (const { runs, error, incidents } of source.records()) {
    for (const { place } of runs) yield place
    if (error !== null) yield error.place
    for (const { places } of incidents) for (const { place } of places) yield place
  }
}

function* placesOfLayers(layers: readonly LayerNode[]): Generator<Place | null> {
  for (const layer of layers) {
    yield layer.definedAt
    yield layer.registeredAt
    yield* placesOfLayers(layer.children)
  }
}
