/*
 * `import { createClient } from '@nozomi/schema/client'`: what `require` gives, by name. It needs nothing of Node, so that bundlers can
 * take it into a page.
 */
export * from './dist/client/create-client.js'
