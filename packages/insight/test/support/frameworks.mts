import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

type Nozomi = typeof import('nozomi').default

/** Every test of what both can do runs on both: on Nozomi, and on stock Express 5. */
export const FRAMEWORKS: readonly { name: 'nozomi' | 'express'; framework: Nozomi }[] = [
  { name: 'nozomi', framework: require('nozomi') as Nozomi },
  { name: 'express', framework: require('express') as Nozomi },
]
