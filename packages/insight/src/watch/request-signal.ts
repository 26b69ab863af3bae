/*
 * `req.signal`: aborted when the client has gone, and when the request was answered in its handler's place. It is made for
 * who asks for it. Where the framework, or node, has one already, it is aborted with that one too.
 */

type Message = { signal?: AbortSignal; res?: ResponseLike }
interface ResponseLike {
  once?: (event: string, listener: () => void) => unknown
  writableFinished?: boolean
}

export class RequestSignals {
  readonly #controllers = new WeakMap<object, AbortController>()
  /** Aborted before anybody asked. */
  readonly #reasons = new WeakMap<object, Error>()

  /** Puts `signal` on `app.request`; gives what takes it away. */
  watch(prototype: object): () => void {
    const before = Object.getOwnPropertyDescriptor(prototype, 'signal')
    if (before?.configurable === false || !Object.isExtensible(prototype)) return () => {}
    const parent = Object.getPrototypeOf(prototype) as object | null
    const inherited = (req: object): unknown =>
      before === undefined
        ? parent && Reflect.get(parent, 'signal', req)
        : (before.get?.call(req) ?? (before.value as unknown))
    const signalOf = (req: Message): AbortSignal => this.#signalOf(req, () => inherited(req))
    Object.defineProperty(prototype, 'signal', {
      configurable: true,
      enumerable: true,
      get(this: Message): AbortSignal {
        return signalOf(this)
      },
      set(this: Message, value: unknown) {
        Object.defineProperty(this, 'signal', { value, configurable: true, enumerable: true, writable: true })
      },
    })
    return () => {
      if (before === undefined) Reflect.deleteProperty(prototype, 'signal')
      else Object.defineProperty(prototype, 'signal', before)
    }
  }

  abort(req: object, reason: Error): void {
    const controller = this.#controllers.get(req)
    if (controller === undefined) this.#reasons.set(req, reason)
    else controller.abort(reason)
  }

  #signalOf(req: Message, inherited: () => unknown): AbortSignal {
    const known = this.#controllers.get(req)
    if (known !== undefined) return known.signal
    const controller = new AbortController()
    this.#controllers.set(req, controller)
    const reason = this.#reasons.get(req)
    if (reason !== undefined) controller.abort(reason)
    else follow(controller, inherited(), req.res)
    return controller.signal
  }
}

function follow(controller: AbortController, own: unknown, res: ResponseLike | undefined): void {
  if (own instanceof AbortSignal) {
    if (own.aborted) controller.abort(own.reason)
    else own.addEventListener('abort', () => controller.abort(own.reason), { once: true })
    return
  }
  res?.once?.('close', () => {
    if (res.writableFinished !== true) controller.abort(new Error('The client closed the connection'))
  })
}
