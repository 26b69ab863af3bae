import { parentPort, workerData } from 'node:worker_threads'
import { parseExtendedQuery } from '#dist/http/extended-query.js'
import { LONG_TEXTS, type LongText } from './long-texts.mjs'

const { kind, count, arrayLimit } = workerData as { kind: LongText; count: number; arrayLimit: number }
const text = LONG_TEXTS[kind](count)
const start = performance.now()
const result = parseExtendedQuery(text, { arrayLimit, parameterLimit: count + 1, allowPrototypes: true })
const milliseconds = Math.round(performance.now() - start)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
parentPort?.postMessage({ milliseconds, keys: Object.keys(result).length })
