import type { RequestRecord } from '../types/record.js'
import { type InspectorRequest, type InspectorResponse, refuse, setFields } from './messages.js'
import type { InspectorSource } from './source.js'
import type { Changes } from './wire.js'
import { toSummary, toWireIncident } from './wire-records.js'

const MOST_STREAMS = 16
/** What happens within this time is told at once: a request changes many times, and thousands may come in a second. */
const BATCH_MS = 120
const BEAT_MS = 1_000
const BEATS_OF_SILENCE = 15
/** A client that reads so slowly is sent away: it comes again, and asks for everything anew. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

interface Options {
  readonly source: InspectorSource
  readonly root: string
  /** The inspector does not show what it is asked itself. */
  readonly isShown: (record: RequestRecord) => boolean
}

/** The pages that watch, as `text/event-stream`. With none of them nothing is subscribed to and no timer runs. */
export class Streams {
  readonly #options: Options
  readonly #open = new Map<InspectorResponse, InspectorRequest>()
  readonly #changed = new Map<number, RequestRecord>()
  #unsubscribe: (() => void) | null = null
  #batch: NodeJS.Timeout | null = null
  #beat: NodeJS.Timeout | null = null
  #silentBeats = 0
  #incidentsShown = ''

  constructor(options: Options) {
    this.#options = options
  }

  open(req: InspectorRequest, res: InspectorResponse): void {
    if (this.#open.size >= MOST_STREAMS) {
      res.setHeader('Retry-After', '10')
      return refuse(req, res, 503, `There are ${MOST_STREAMS} open inspectors already.`)
    }
    setFields(res, 'text/event-stream; charset=utf-8')
    // A proxy of nginx's kind would keep the stream back.
    res.setHeader('X-Accel-Buffering', 'no')
    // When it ends so does its connection, and a server that closes does not wait for it to be idle long enough.
    if (req.httpVersionMajor === 1) res.setHeader('Connection', 'close')
    res.statusCode = 200
    res.once('close', () => this.#remove(res))
    this.#open.set(res, req)
    this.#start()
    res.write('retry: 1000\nevent: hello\ndata: {}\n\n')
  }

  #start(): void {
    if (this.#unsubscribe !== null) return
    this.#unsubscribe = this.#options.source.subscribe((record) => this.#note(record))
    this.#beat = setInterval(() => this.#onBeat(), BEAT_MS)
    this.#beat.unref()
  }

  #remove(res: InspectorResponse): void {
    this.#open.delete(res)
    if (this.#open.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = null
    if (this.#beat !== null) clearInterval(this.#beat)
    if (this.#batch !== null) clearTimeout(this.#batch)
    this.#beat = null
    this.#batch = null
    this.#changed.clear()
  }

  /** Runs while the application serves: it only remembers. */
  #note(record: RequestRecord): void {
    this.#changed.set(record.id, record)
    if (this.#batch !== null) return
    this.#batch = setTimeout(() => this.#send(), BATCH_MS)
    this.#batch.unref()
  }

  #send(): void {
    this.#batch = null
    const { isShown } = this.#options
    const records = [...this.#changed.values()].filter(isShown)
    this.#changed.clear()
    if (records.length === 0) return
    const changes: Changes = { now: Date.now(), requests: records.map(toSummary), ...this.#newIncidents() }
    this.#write(`data: ${JSON.stringify(changes)}\n\n`)
  }

  #newIncidents(): Pick<Changes, 'incidents'> {
    const { source, root } = this.#options
    const incidents = source.incidents().map((incident) => toWireIncident(incident, root))
    const shown = JSON.stringify(incidents)
    if (shown === this.#incidentsShown) return {}
    this.#incidentsShown = shown
    return { incidents }
  }

  #write(text: string): void {
    this.#silentBeats = 0
    for (const res of this.#open.keys()) {
      res.write(text)
      if (res.writableLength > MOST_UNREAD_BYTES) res.destroy()
    }
  }

  #onBeat(): void {
    for (const [res, req] of this.#open) if (isClosing(req)) res.end()
    this.#silentBeats += 1
    if (this.#silentBeats >= BEATS_OF_SILENCE) this.#write(': still here\n\n')
  }
}

/** A server that was closed waits for its connections: the inspector must not be what it waits for. */
function isClosing(req: InspectorRequest): boolean {
  const { server } = req.socket as { server?: { listening?: boolean } }
  return server?.listening === false
}
