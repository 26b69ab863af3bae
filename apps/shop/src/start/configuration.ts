import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartError } from '../process/start-error.js'

const PACKAGE_FOLDER = fileURLToPath(new URL('../..', import.meta.url))

/** Where what can be made again is kept, whatever folder the data is in. */
export const TEMPLATES_FOLDER = join(PACKAGE_FOLDER, '.data', 'templates')

export type StorageChoice =
  | { readonly kind: 'pglite'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string }
  | { readonly kind: 'memory' }

export interface Configuration {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly storage: StorageChoice
  /** Whether a new catalogue gets the sample products. It gets the categories in any case. */
  readonly sampleData: boolean
}

const EXPECTED = {
  PORT: 'a whole number from 0 to 65535 (0: any free port)',
  HOST: 'the name or address of one of this machine’s interfaces, such as 127.0.0.1, or 0.0.0.0 for all',
  DATABASE_URL: 'postgres://user:password@host:5432/name, or "memory:", or unset for the embedded database',
  DATABASE_SCHEMA: 'up to 63 small letters, digits and underscores, not beginning with a digit',
  DATA_DIR: 'the path of a folder',
  SAMPLE_DATA: 'on or off',
  FRAMEWORK: 'nozomi or express',
} as const

/** The variables that are read; the README has a row for each. */
export const VARIABLES: readonly string[] = Object.keys(EXPECTED)

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65_535))
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isDatabaseUrl).optional(),
  DATABASE_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/)
    .default('public'),
  DATA_DIR: z.string().default(join(PACKAGE_FOLDER, '.data')),
  SAMPLE_DATA: z.enum(['on', 'off']).default('on'),
  FRAMEWORK: z.enum(['nozomi', 'express']).default('nozomi'),
})

/**
 * Reads the configuration from environment variables; an empty one counts as unset. Throws a StartError that names
 * each variable that is not right, its value, and what would be right.
 */
export function readConfiguration(variables: Readonly<Record<string, string | undefined>>): Configuration {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = environment.safeParse(set)
  if (!result.success) {
    const names = new Set(result.error.issues.map(({ path }) => path[0] as keyof typeof EXPECTED))
    throw new StartError([...names].map((name) => describe(name, set[name])).join('\n'))
  }
  const { PORT, HOST, DATABASE_URL, DATABASE_SCHEMA, DATA_DIR, SAMPLE_DATA } = result.data
  return {
    host: HOST,
    port: PORT,
    sampleData: SAMPLE_DATA === 'on',
    storage: storageOf(DATABASE_URL, DATABASE_SCHEMA, DATA_DIR),
  }
}

function storageOf(url: string | undefined, schema: string, folder: string): StorageChoice {
  if (url === undefined) return { kind: 'pglite', folder: resolve(folder) }
  return url === 'memory:' ? { kind: 'memory' } : { kind: 'postgres', url, schema }
}

/** Security: a URL may hold a password, and is therefore not repeated. */
function describe(name: keyof typeof EXPECTED, value: string | undefined): string {
  const shown = name === 'DATABASE_URL' ? 'is not right' : `is ${JSON.stringify(value)}`
  return `${name} ${shown}; expected ${EXPECTED[name]}`
}

function isDatabaseUrl(text: string): boolean {
  if (text === 'memory:') return true
  return (
    URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
  )
}
