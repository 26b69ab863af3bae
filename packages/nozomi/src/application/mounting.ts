import type { RequestState } from '../request/state.js'
import type { ResponseState } from '../response/state.js'
import type { Next, Path } from '../routing/messages.js'
import { startsWithHandler } from '../routing/router.js'
import { rememberOwner, returnToOwner } from './entering.js'
import type { ApplicationState } from './state.js'

/** A registered symbol, on the `mounted_app` handler: by it tools see through the layer to the application behind it. */
const mountedApplication = Symbol.for('nozomi.mounted')

export const mountingMembers: object & ThisType<ApplicationState> = {
  /**
   * Adds middleware, routers and applications, for every path that starts with the given one (default: all). An
   * application is mounted: it gets `parent` and `mountpath`, inherits settings, and emits `mount`.
   *
   * @throws TypeError when there is no handler, or one is no function.
   */
  use(...args: unknown[]): ApplicationState {
    const path = startsWithHandler(args) ? '/' : (args.shift() as Path)
    const handlers = args.flat(Number.POSITIVE_INFINITY)
    if (handlers.length === 0) throw new TypeError('app.use() requires a middleware function')
    const { router } = this
    for (const handler of handlers) {
      if (isApplication(handler)) mount(this, path, handler)
      else router.use(path, handler)
    }
    return this
  },

  /** The path that the application is mounted on, with those of its parents in front; `''` when it is not. */
  path(): string {
    return this.parent ? this.parent.path() + this.mountpath : ''
  },
}

/** Parity: whatever has `handle` and `set` is an application; stock Express's can be mounted too. */
function isApplication(handler: unknown): handler is ApplicationState {
  const { handle, set } = (handler ?? {}) as { handle?: unknown; set?: unknown }
  return Boolean(handle && set)
}

function mount(parent: ApplicationState, path: Path, child: ApplicationState): void {
  child.mountpath = path
  child.parent = parent
  const mountedApp = function mounted_app(req: RequestState, res: ResponseState, next: Next) {
    const entry = rememberOwner(req, res)
    child.handle(req, res, (error) => {
      returnToOwner(entry, req, res)
      next(error)
    })
  }
  Object.defineProperty(mountedApp, mountedApplication, { value: child })
  parent.router.use(path, mountedApp)
  child.emit('mount', parent)
}
