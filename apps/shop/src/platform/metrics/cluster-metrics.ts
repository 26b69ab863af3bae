import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'

/*
 * Whichever process of a cluster is asked for the metrics, it answers for all of them: it asks the primary, the
 * primary asks each worker, adds up, and gives the sum. The library's own way waits for its time limit when a worker
 * dies meanwhile; here that worker is left out.
 */

type MetricsJson = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

type Message =
  | { readonly shop: 'metrics of all?'; readonly id: number }
  | { readonly shop: 'metrics of all'; readonly id: number; readonly text: string }
  | { readonly shop: 'metrics?'; readonly id: number }
  | { readonly shop: 'metrics'; readonly id: number; readonly metrics: MetricsJson }

const WORKER_LIMIT_MS = 1000
const PRIMARY_LIMIT_MS = 2000

/** In the primary: answers workers that want the metrics of all. `own`: what the primary itself knows. */
export function serveClusterMetrics(own: Registry): void {
  cluster.on('message', (worker: Worker, message: Message) => {
    if (message.shop !== 'metrics of all?') return
    sumOfAll(own).then(
      (text) => send(worker, { shop: 'metrics of all', id: message.id, text }),
      (error: unknown) => console.error('the metrics could not be gathered:', error),
    )
  })
}

/** In a worker: gives its own to the primary, and a function that asks for those of all. */
export function joinClusterMetrics(registry: Registry): () => Promise<string> {
  process.on('message', (message: Message) => {
    if (message.shop !== 'metrics?') return
    registry.getMetricsAsJSON().then(
      (metrics) => sendToPrimary({ shop: 'metrics', id: message.id, metrics }),
      // The primary counts without this worker.
      () => {},
    )
  })
  return async function metricsOfAll() {
    const id = newId()
    const answer = answerOf(
      (message) => message.shop === 'metrics of all' && message.id === id,
      PRIMARY_LIMIT_MS,
    )
    sendToPrimary({ shop: 'metrics of all?', id })
    const message = await answer
    if (message?.shop !== 'metrics of all') throw new Error('the primary did not give the metrics')
    return message.text
  }
}

async function sumOfAll(own: Registry): Promise<string> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
  const gathered = await Promise.all(workers.map(metricsOf))
  return AggregatorRegistry.aggregate([
    ...gathered.filter((metrics) => metrics !== null),
    await own.getMetricsAsJSON(),
  ]).metrics()
}

/** Null when it does not answer in time. */
function metricsOf(worker: Worker): Promise<MetricsJson | null> {
  const id = newId()
  return new Promise((resolve) => {
    const done = (metrics: MetricsJson | null): void => {
      clearTimeout(limit)
      worker.off('message', listen).off('exit', gone)
      resolve(metrics)
    }
    const listen = (message: Message): void => {
      if (message.shop === 'metrics' && message.id === id) done(message.metrics)
    }
    const gone = (): void => done(null)
    const limit = setTimeout(gone, WORKER_LIMIT_MS)
    worker.on('message', listen).on('exit', gone)
    send(worker, { shop: 'metrics?', id })
  })
}

function answerOf(isIt: (message: Message) => boolean, limitMs: number): Promise<Message | null> {
  return new Promise((resolve) => {
    const done = (message: Message | null): void => {
      clearTimeout(limit)
      process.off('message', listen)
      resolve(message)
    }
    const listen = (message: Message): void => {
      if (isIt(message)) done(message)
    }
    const limit = setTimeout(() => done(null), limitMs)
    process.on('message', listen)
  })
}

function send(worker: Worker, message: Message): void {
  if (worker.isConnected()) worker.send(message)
}

function sendToPrimary(message: Message): void {
  if (process.connected) process.send?.(message)
}

function newId(): number {
  return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
}
