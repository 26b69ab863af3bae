/*
 * What a side says to the shadow run that started it, over the channel of its process.
 */

/** Where the files of a framework are. */
export interface FrameworkFiles {
  readonly name: 'express' | 'nozomi'
  readonly folder: string
  readonly version: string
  /** What `require()` gives. */
  readonly requireEntry: string
  /** What `import` gives. */
  readonly importEntry: string
}

/** What a side is told, as JSON in the environment. */
export interface SideConfiguration {
  readonly application: string
  readonly chosen: FrameworkFiles
  /** The framework that the application must not get. */
  readonly other: FrameworkFiles
  /** The port whose server is compared; null: the first that listens. */
  readonly port: number | null
  /** Whether to read the route list. */
  readonly readsRoutes: boolean
}

/** The environment variable with the configuration. */
export const CONFIGURATION_VARIABLE = 'NOZOMI_SHADOW_CONFIGURATION'
/** Says which process is the side itself: those that it starts get the framework, and nothing more. */
export const PROCESS_VARIABLE = 'NOZOMI_SHADOW_PROCESS'

export interface RouteToProbe {
  /** With the paths of its mounts in front. */
  readonly path: string
  /** In upper case; empty for every method. */
  readonly methods: readonly string[]
}

export type SideMessage =
  | {
      readonly shadow: 'ready'
      readonly port: number
      /** The port that the application asked for. */
      readonly asked: number | null
      readonly secure: boolean
      readonly routes: readonly RouteToProbe[]
    }
  | { readonly shadow: 'failed'; readonly reason: string }
  /** A response is over: what it emitted, and the port of the client it was for. */
  | { readonly shadow: 'events'; readonly port: number; readonly events: readonly string[] }

export function isSideMessage(message: unknown): message is SideMessage {
  return typeof message === 'object' && message !== null && 'shadow' in message
}
