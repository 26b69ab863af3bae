import type { Served } from './observe-served.mjs'

/*
 * Where turbo and node:http answer or close differently, although they read the stream alike.
 */

export interface ServedDifference {
  name: string
  rfc: string
  reason: string
  example: string
  applies(node: Served, turbo: Served): boolean
}

/** Whether node has refused, and closed, after answering no more requests than turbo. */
function refusesEarlier(node: Served, turbo: Served): boolean {
  const answered = ({ statuses }: Served): number => statuses.filter((status) => status === 200).length
  return node.fate === 'closed' && (node.statuses.at(-1) ?? 0) >= 400 && answered(node) <= answered(turbo)
}

const refuses = ({ statuses }: Served): boolean => (statuses.at(-1) ?? 0) >= 400

export const SERVED_DIFFERENCES: readonly ServedDifference[] = [
  {
    name: 'requests behind a refusal',
    rfc: '9112 §9.6',
    reason: 'node handles what a client sent behind a request that it has answered with 400, and then closes',
    example: 'GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
    applies: (node, turbo) =>
      `${node.statuses}` === `${turbo.statuses}` &&
      refuses(turbo) &&
      node.handled.length > turbo.handled.length,
  },
  {
    name: 'refusal that overtakes answers',
    rfc: '9112 §9.3.2',
    reason: 'node refuses at once; answers to the requests before are lost, though their handlers have run',
    example: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n?',
    applies: (node, turbo) => turbo.fate === 'closed' && refuses(turbo) && refusesEarlier(node, turbo),
  },
  {
    name: 'bytes behind the last request',
    rfc: '9112 §9.6',
    reason:
      'node refuses what follows a request after which it closes, in the place of answering that request',
    example: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n?',
    applies: (node, turbo) => turbo.fate === 'closed' && !refuses(turbo) && refusesEarlier(node, turbo),
  },
]
