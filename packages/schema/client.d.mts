export * from './dist/client/create-client.js'
