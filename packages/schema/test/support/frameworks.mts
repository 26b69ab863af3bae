import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

type Nozomi = typeof import('nozomi').default

/**
 * Every behaviour is tested on both: on Nozomi, and on stock Express 5. `express` is the same without types, for what no types
 * would let through.
 */
export const FRAMEWORKS: readonly { name: 'nozomi' | 'express'; framework: Nozomi; express: any }[] = (
  ['nozomi', 'express'] as const
).map((name) => {
  const framework = require(name) as Nozomi
  return { name, framework, express: framework }
})
