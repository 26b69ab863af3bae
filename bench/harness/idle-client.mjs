/**
 * Opens connections that stay: `node idle-client.mjs PORT COUNT`. Each sends one request and reads the answer. Says
 * `open` to the process that started it, and ends when that one lets go.
 */
import { once } from 'node:events'
import { connect } from 'node:net'

const AT_ONCE = 100
const [port, count] = process.argv.slice(2).map(Number)
const sockets = []
let begun = 0

process.on('disconnect', () => {
  for (const socket of sockets) socket.destroy()
})

await Promise.all(Array.from({ length: AT_ONCE }, openSome))
process.send('open')

async function openSome() {
  while (begun < count) {
    begun++
    sockets.push(await openOne())
  }
}

/** One connection, with one answer. */
async function openOne() {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  let answer = ''
  while (!isWhole(answer)) {
    const [bytes] = await once(socket, 'data')
    answer += bytes.toString('latin1')
  }
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`wrong answer: ${answer}`)
  socket.resume()
  return socket
}

function isWhole(answer) {
  const end = answer.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length: ${answer}`)
  return answer.length >= end + 4 + Number(length)
}
