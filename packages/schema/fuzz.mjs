/*
 * `import { fuzz } from '@nozomi/schema/fuzz'`: what `require` gives, by name.
 */
export * from './dist/fuzz.js'
