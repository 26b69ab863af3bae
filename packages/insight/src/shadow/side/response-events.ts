import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

interface Started {
  request: IncomingMessage
  response: ServerResponse
}

/**
 * Notes what each response emits, and tells it when the response has closed. The channel is node's own, so that neither the
 * server nor the application is touched; only node:http publishes it.
 */
export function watchResponses(tell: (clientPort: number, events: readonly string[]) => void): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Started
    const port = request.socket.remotePort
    if (port === undefined) return
    const events: string[] = []
    request.once('aborted', () => events.push('aborted'))
    response.once('finish', () => events.push('finish'))
    response.once('close', () => {
      events.push('close')
      tell(port, events)
    })
  })
}
