import { resolve } from 'node:path'
import { parseDuration } from '../http/duration.js'
import type { FileMemory } from './file-memory.js'

/*
 * What `static()` and `sendFile()` are told, compiled: the request meets values, not options.
 */

export type Dotfiles = 'allow' | 'deny' | 'ignore'

/** What `static()` and `sendFile()` have in common, as users may write it. */
export interface FileOptions {
  acceptRanges?: unknown
  cacheControl?: unknown
  dotfiles?: string | undefined
  end?: number | undefined
  etag?: unknown
  extensions?: unknown
  immutable?: unknown
  index?: unknown
  lastModified?: unknown
  maxAge?: unknown
  /** The spelling of `send`. */
  maxage?: unknown
  root?: string | undefined
  start?: number | undefined
}

export interface FileSettings {
  acceptRanges: boolean
  /** The whole field; null for none. */
  cacheControl: string | null
  dotfiles: Dotfiles
  /** Last byte to send; Infinity for all. */
  end: number
  etag: boolean
  /** Tried in order where the name has none; without the dot. */
  extensions: readonly string[]
  /** Names tried in order for a folder. */
  index: readonly string[]
  lastModified: boolean
  /** Where small files are kept from one request to the next; null for nowhere. */
  memory: FileMemory | null
  /** The folder, absolute, that names are relative to; null when they are absolute themselves. */
  root: string | null
  start: number
}

/** RFC 9111 leaves it open; Express caps at what older HTTP recommended. */
const LONGEST_MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000

const DOTFILES: ReadonlySet<unknown> = new Set(['allow', 'deny', 'ignore'] satisfies Dotfiles[])

/**
 * @throws TypeError when `dotfiles`, `extensions` or `index` is none of the possible values.
 */
export function compileFileSettings(options: FileOptions, root = options.root): FileSettings {
  const { dotfiles = 'ignore' } = options
  if (!DOTFILES.has(dotfiles)) {
    throw new TypeError('dotfiles option must be "allow", "deny", or "ignore"')
  }
  return {
    acceptRanges: isOn(options.acceptRanges),
    cacheControl: isOn(options.cacheControl) ? formatCacheControl(options) : null,
    dotfiles: dotfiles as Dotfiles,
    end: byteOffset(options.end, Infinity),
    etag: isOn(options.etag),
    extensions: compileNames(options.extensions, [], 'extensions'),
    index: compileNames(options.index, ['index.html'], 'index'),
    lastModified: isOn(options.lastModified),
    memory: null,
    root: root ? resolve(root) : null,
    start: byteOffset(options.start, 0),
  }
}

/** For options whose default is true. */
function isOn(option: unknown): boolean {
  return option === undefined || Boolean(option)
}

function byteOffset(option: unknown, byDefault: number): number {
  const offset = option === undefined ? NaN : Math.trunc(Number(option))
  return Number.isNaN(offset) ? byDefault : Math.max(0, offset)
}

function formatCacheControl({ immutable, maxAge, maxage }: FileOptions): string {
  const given = maxAge || maxage
  const ms = typeof given === 'string' ? parseDuration(given) : Number(given)
  const bounded = Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms), LONGEST_MAX_AGE_MS)
  return `public, max-age=${Math.floor(bounded / 1000)}${immutable ? ', immutable' : ''}`
}

function compileNames(option: unknown, byDefault: readonly string[], name: string): readonly string[] {
  if (option === undefined) return byDefault
  const names: unknown[] = Array.isArray(option) ? option : option ? [option] : []
  if (!names.every((one) => typeof one === 'string')) {
    throw new TypeError(`${name} option must be array of strings or false`)
  }
  return names
}
