/**
 * The floor: node:net, which writes a constant for each head that ends. It reads no request, so it can only take part
 * where every request gets the same answer.
 */
import { createServer } from 'node:net'
import { ADDRESS, listening } from './listening.mjs'

const END_OF_HEAD = '\r\n\r\n'

const answers = {
  hello: answerOf(
    'application/json; charset=utf-8',
    '{"hello":"world"}',
    'W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04"',
  ),
  text: answerOf('text/plain; charset=utf-8', 'Hello, world!', 'W/"d-lDpwLQbzRZmu4fjajvn3KWAx1pk"'),
}

export function start(_name, application) {
  const answer = Buffer.from(answers[application], 'latin1')
  const server = createServer({ noDelay: true }, (socket) => {
    // A client that goes away is no error here.
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      let end = bytes.indexOf(END_OF_HEAD)
      while (end !== -1) {
        socket.write(answer)
        end = bytes.indexOf(END_OF_HEAD, end + END_OF_HEAD.length)
      }
    })
  })
  return listening(server.listen(...ADDRESS))
}

function answerOf(type, body, tag) {
  return [
    'HTTP/1.1 200 OK',
    'X-Powered-By: Express',
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    `ETag: ${tag}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: keep-alive',
    'Keep-Alive: timeout=5',
    '',
    body,
  ].join('\r\n')
}
