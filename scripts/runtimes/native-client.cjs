/*
 * Loaded before the runtime interface client of AWS: what stands in for its HTTP client in C++, `rapid-client.node`. It asks
 * the Runtime API for the next event, and posts results and errors, as that one does.
 */
const Module = require('node:module')
const { request } = require('node:http')

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')

function ask(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path: `/2018-06-01/runtime/invocation/${path}`, headers },
      (res) => {
        let text = ''
        res.setEncoding('utf8').on('data', (piece) => {
          text += piece
        })
        res.on('end', () => resolve({ bodyJson: text, headers: res.headers }))
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}

const client = {
  initializeClient() {},
  next: () => ask('GET', 'next'),
  done: (id, body) => void ask('POST', `${id}/response`, body),
  error: (id, body) => void ask('POST', `${id}/error`, body),
}

const load = Module._load
Module._load = function (name, ...more) {
  return name === './rapid-client.node' ? client : load.call(this, name, ...more)
}
