/*
 * `import { readLayers } from '@nozomi/insight/layers'`: what `require` gives, by name.
 */
export * from './dist/layers.js'
