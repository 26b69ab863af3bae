import type { AnyApplication } from './stack.js'

/** The framework that an application comes from: what is patched where channels do not reach. */
export interface Framework {
  /** Nozomi publishes what stock Express must be made to. */
  readonly publishes: boolean
  readonly application: object
  readonly request: object
  readonly response: object
  readonly routerPrototype: object
  readonly routePrototype: object
  readonly layerPrototype: object
}

export type FrameworkOf = (app: AnyApplication) => Framework | null
