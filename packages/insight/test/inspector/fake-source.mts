import type { Incident, RequestRecord } from '#dist/types/record.js'
import type { Finding } from '#dist/types/finding.js'
import type { LayerNode } from '#dist/types/layer-tree.js'
import type { Explained, InspectorSource } from '#dist/inspector/source.js'
import { explain, FINDINGS, LAYERS } from './bookshop.mjs'

/** A source that tests fill: what the recorder would find out, without one. */
export class FakeSource implements InspectorSource {
  readonly kept = new Map<number, RequestRecord>()
  readonly seen: Incident[] = []
  readonly listeners = new Set<(record: RequestRecord) => void>()
  layersNow: readonly LayerNode[] = LAYERS
  findingsNow: readonly Finding[] = FINDINGS

  constructor(records: readonly RequestRecord[] = []) {
    for (const record of records) this.add(record)
  }

  /** Keeps a record, or notes that it changed. */
  add(record: RequestRecord): void {
    this.kept.set(record.id, record)
    for (const incident of record.incidents) if (!this.seen.includes(incident)) this.seen.push(incident)
    for (const listener of this.listeners) listener(record)
  }

  records(): Iterable<RequestRecord> {
    return this.kept.values()
  }

  record(id: number): RequestRecord | undefined {
    return this.kept.get(id)
  }

  incidents(): readonly Incident[] {
    return this.seen
  }

  subscribe(listener: (record: RequestRecord) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  layers(): readonly LayerNode[] {
    return this.layersNow
  }

  findings(): readonly Finding[] {
    return this.findingsNow
  }

  explain(method: string, url: string): Explained {
    return explain(method, url)
  }
}
