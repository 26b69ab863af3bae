/*
 * Real requests for a slice: as many as it needs are sent over one connection, one behind the other, go through the server, the router
 * and `json()`, and wait in the handler until all are there. What is measured is then a middleware with request after request, and nothing
 * of the way to it.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'

/** @returns `{ slice(middleware), close() }` */
export async function parkRequests(express, body, count) {
  const app = express()
  let parked = []
  let isFull = null
  app.use(express.json())
  app.post('/u/:id/:item', (req, res) => {
    parked.push([req, res])
    if (parked.length === count) isFull()
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect(server.address().port, '127.0.0.1')
  await once(socket, 'connect')
  socket.resume()
  const text = JSON.stringify(body)
  const head = [
    'POST /u/42/7?page=3&size=20&sort=name HTTP/1.1',
    'Host: localhost',
    'User-Agent: bench',
    'Accept: */*',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ]
  const bytes = `${head.join('\r\n')}\r\n\r\n${text}`.repeat(count)

  async function fill() {
    parked = []
    const full = new Promise((resolve) => {
      isFull = resolve
    })
    socket.write(bytes)
    await full
  }

  return {
    slice: (middleware) => async () => {
      await fill()
      const start = process.hrtime.bigint()
      for (let at = 0; at < count; at++) middleware(parked[at][0], parked[at][1], next)
      const elapsed = Number(process.hrtime.bigint() - start) / count / 1000
      for (const [, res] of parked) res.end('done')
      return elapsed
    },
    close() {
      socket.destroy()
      server.close()
    },
  }
}

export function next(error) {
  if (error !== undefined) throw error
}
