/*
 * `import { validate } from '@nozomi/schema'`: what `require` gives, by name. The code is CommonJS, once, so that both
 * ways of importing share one instance.
 */
export * from './dist/index.js'
