import { join, resolve } from 'node:path'
import { z } from 'zod'
import { PACKAGE_FOLDER } from '../configuration/package-folder.js'
import { defineSection } from '../configuration/section.js'
import type { OpenMemoryCluster } from './memory-cluster.js'

/** Where what can be made again is kept, whatever folder the data is in. */
export const TEMPLATES_FOLDER = join(PACKAGE_FOLDER, '.data', 'templates')

export type StorageChoice =
  | { readonly kind: 'pglite'; readonly folder: string }
  /** In the memory of the process, for tests; a new one, if `open` gives no other. */
  | { readonly kind: 'pglite'; readonly folder: null; readonly open?: OpenMemoryCluster }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string }
  | { readonly kind: 'memory' }

export const storageConfiguration = defineSection(
  {
    DATABASE_URL: {
      schema: z.string().refine(isDatabaseUrl).optional(),
      expected: 'postgres://user:password@host:5432/name, or "memory:", or unset for the embedded database',
      secret: true,
    },
    DATABASE_SCHEMA: {
      schema: z
        .string()
        .regex(/^[a-z_][a-z0-9_]{0,62}$/)
        .default('public'),
      expected: 'up to 63 small letters, digits and underscores, not beginning with a digit',
    },
    DATA_DIR: { schema: z.string().default(join(PACKAGE_FOLDER, '.data')), expected: 'the path of a folder' },
  },
  ({ DATABASE_URL: url, DATABASE_SCHEMA: schema, DATA_DIR: folder }): StorageChoice => {
    if (url === undefined) return { kind: 'pglite', folder: resolve(folder) }
    return url === 'memory:' ? { kind: 'memory' } : { kind: 'postgres', url, schema }
  },
)

function isDatabaseUrl(text: string): boolean {
  if (text === 'memory:') return true
  return (
    URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
  )
}
