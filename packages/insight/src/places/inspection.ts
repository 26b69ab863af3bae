import type { Session as InspectorSession } from 'node:inspector'

/*
 * What only V8's inspector knows of a function: where it was written, which function a bound one calls, what it has closed
 * over. A session is connected to this thread while something is asked, and no longer; everything runs synchronously in
 * between, so that nothing of the application runs meanwhile, and a debugger that is attached as well sees nothing.
 */

/** As the inspector describes a value. */
export interface RemoteValue {
  type: string
  subtype?: string
  objectId?: string
  value?: unknown
  description?: string
}

export interface RemoteProperty {
  name: string
  value?: RemoteValue
}

interface RemoteProperties {
  result: RemoteProperty[]
  internalProperties?: RemoteProperty[]
}

/** Counted from 0. */
export interface RawLocation {
  scriptId: string
  lineNumber: number
  columnNumber: number
}

/** Where what is asked about is laid for the inspector, which takes only text. */
const asked = Symbol.for('nozomi.insight.asked')

/**
 * The inspector evaluates in the first context of the thread, and this module may have been loaded in another (Jest does
 * so). What both have are the modules of node, and the registered symbols.
 */
const MEETING_PLACE = `process.getBuiltinModule('node:inspector')[Symbol.for('nozomi.insight.asked')]`

const GROUP = 'nozomi.insight'

type Inspector = typeof import('node:inspector')

/** Set when a node was built without an inspector, or does not permit it: it is not tried again. */
const state = { isMissing: false }

/** One connection to the inspector, with a list of values to ask about. */
export class Inspection {
  readonly #session: InspectorSession
  readonly #values: unknown[]

  private constructor(session: InspectorSession, values: unknown[]) {
    this.#session = session
    this.#values = values
  }

  /**
   * Connects, lets `ask` ask about the values (by their index), and disconnects.
   *
   * @returns what `ask` gives; null where there is no inspector, and when it fails.
   */
  static about<Answer>(
    values: readonly unknown[],
    ask: (inspection: Inspection, ids: (string | undefined)[]) => Answer,
  ): Answer | null {
    const inspector = loadInspector()
    if (inspector === null) return null
    const shared = inspector as unknown as Record<symbol, unknown>
    const list = [...values]
    try {
      const session = new inspector.Session()
      session.connect()
      shared[asked] = list
      try {
        const inspection = new Inspection(session, list)
        return ask(inspection, inspection.#ids(list.length))
      } finally {
        delete shared[asked]
        session.disconnect()
      }
    } catch {
      return null
    }
  }

  #ids(count: number): (string | undefined)[] {
    const { result } = this.post<{ result: RemoteValue }>('Runtime.evaluate', {
      expression: MEETING_PLACE,
      objectGroup: GROUP,
      silent: true,
    })
    const ids: (string | undefined)[] = Array.from({ length: count })
    for (const { name, value } of this.propertiesOf(result.objectId as string).result) {
      const index = Number(name)
      if (index >= 0 && index < count) ids[index] = value?.objectId
    }
    return ids
  }

  /** The own and the internal properties; no getter runs. */
  propertiesOf(objectId: string): RemoteProperties {
    return this.post<RemoteProperties>('Runtime.getProperties', { objectId, ownProperties: true })
  }

  /** The value itself behind what the inspector says of it. */
  valueOf(objectId: string): unknown {
    const before = this.#values.length
    this.post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function () { ${MEETING_PLACE}.push(this) }`,
      silent: true,
    })
    return this.#values.length > before ? this.#values.pop() : undefined
  }

  /** The URLs of scripts. To name them, the inspector lists every script of the process: it is asked for many at once. */
  urlsOf(scriptIds: ReadonlySet<string>): Map<string, string> {
    const urls = new Map<string, string>()
    this.#session.on('Debugger.scriptParsed', ({ params }) => {
      if (scriptIds.has(params.scriptId)) urls.set(params.scriptId, params.url)
    })
    this.post('Debugger.enable')
    this.post('Debugger.disable')
    this.#session.removeAllListeners('Debugger.scriptParsed')
    return urls
  }

  /** Invariant: on the thread that it is connected to, a session answers before `post` returns. */
  post<Result>(method: string, params: object = {}): Result {
    const answer: { error: Error | null; result: unknown } = { error: null, result: undefined }
    this.#session.post(method, params, (error, result) => {
      answer.error = error
      answer.result = result
    })
    if (answer.error) throw new Error(`${method} failed`, { cause: answer.error })
    return answer.result as Result
  }
}

function loadInspector(): Inspector | null {
  if (state.isMissing) return null
  try {
    return process.getBuiltinModule('node:inspector')
  } catch {
    state.isMissing = true
    return null
  }
}
