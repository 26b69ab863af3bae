export * from './dist/layers.js'
