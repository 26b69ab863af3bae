import { existsSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SideName } from '../types/shadow.js'
import type { RequestInput } from './traffic/request-line.js'

/** An option can not be meant, or the application file is not there. */
export class ShadowUsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ShadowUsageError'
  }
}

export interface ShadowOptions {
  /** The file that starts or exports the application. */
  readonly application: string
  /** What the application finds in `process.argv`. */
  readonly args?: readonly string[]
  /** Options for node: `['--import', 'tsx']`. */
  readonly execArgv?: readonly string[]
  readonly cwd?: string
  /** Added to the environment of all sides. */
  readonly env?: Readonly<Record<string, string>>
  /** Added to the environment of one: a database of its own. */
  readonly sideEnv?: Partial<Record<SideName, Readonly<Record<string, string>>>>
  /** Files, or requests. Without: probes are made from the route list. */
  readonly traffic?: readonly (string | RequestInput)[]
  /** Which origin of a HAR file; default: that of its first request. */
  readonly origin?: string
  /** What is not compared: names of fields, paths in JSON (`$.items[*].at`), kinds of differences (`events`). */
  readonly ignore?: readonly string[]
  /** Ids of known differences that count as equal; `known`: all. */
  readonly allow?: readonly string[]
  /** Values that the sides give otherwise than the recording, and that come back in later requests, are put in for each side. */
  readonly mapIds?: boolean
  /** Whether Express is asked twice, which shows what differs by itself. Default true. */
  readonly control?: boolean
  /** For one answer. Default 10,000. */
  readonly timeoutMs?: number
  /** Default 30,000. */
  readonly startTimeoutMs?: number
  /** The folder of stock Express; default: where the application finds it. */
  readonly express?: string
  /** The folder of Nozomi. */
  readonly nozomi?: string
  /** Which server, by the port that the application asks for; default: the first that listens. */
  readonly port?: number
}

/** The same, with nothing left open. */
export type ResolvedOptions = Required<Omit<ShadowOptions, 'origin' | 'express' | 'nozomi' | 'port'>> & {
  readonly origin: string | null
  readonly express: string | null
  readonly nozomi: string | null
  readonly port: number | null
}

/** @throws ShadowUsageError */
export function resolveOptions(options: ShadowOptions): ResolvedOptions {
  const cwd = resolve(options.cwd ?? process.cwd())
  return {
    args: options.args ?? [],
    execArgv: options.execArgv ?? [],
    cwd,
    application: applicationFile(cwd, options.application),
    env: options.env ?? {},
    sideEnv: options.sideEnv ?? {},
    traffic: options.traffic ?? [],
    origin: options.origin ?? null,
    ignore: options.ignore ?? [],
    allow: options.allow ?? [],
    mapIds: options.mapIds ?? false,
    control: options.control ?? true,
    timeoutMs: milliseconds('timeoutMs', options.timeoutMs, 10_000),
    startTimeoutMs: milliseconds('startTimeoutMs', options.startTimeoutMs, 30_000),
    express: options.express ?? null,
    nozomi: options.nozomi ?? null,
    port: options.port ?? null,
  }
}

function applicationFile(cwd: string, given: string): string {
  const path = resolve(cwd, given)
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new ShadowUsageError(`There is no file ${path}: name the one that starts the application.`)
  }
  return realpathSync(path)
}

function milliseconds(name: string, given: number | undefined, byDefault: number): number {
  if (given === undefined) return byDefault
  // What is more, node takes for 1.
  if (given > 0 && given <= 0x7f_ff_ff_ff) return given
  throw new ShadowUsageError(`${name} is ${given}: it must be a number of milliseconds above 0.`)
}
