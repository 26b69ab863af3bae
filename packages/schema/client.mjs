/*
 * `import { createClient } from '@nozomi/schema/client'`: compiled once more, as ES modules. It needs nothing of Node, and has no state that
 * two copies of it could hold apart, so that browsers load it as it is, and bundlers take it into a page without a wrapper.
 */
export * from './esm/client/create-client.js'
