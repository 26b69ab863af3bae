import { Agent, request as openRequest } from 'node:http'

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string | string[]>} fields their names in lower case
 * @property {Buffer} body as it was sent, with its coding
 */

/** Sends one request, as the load generator will; gives the answer. */
export async function exchange(port, { method, path, fields = {}, body }) {
  const agent = new Agent({ keepAlive: true })
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
  try {
    return await new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, agent, method, path, headers: { ...fields, ...length } }
      const request = openRequest(options, (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({
            status: response.statusCode,
            fields: response.headers,
            body: Buffer.concat(chunks),
          })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  } finally {
    agent.destroy()
  }
}

/** The requests of a scenario with the fields that it learns from the server, such as its cookies. */
export async function prepareRequests(scenario, port) {
  const learned = await scenario.prepare?.((request) => exchange(port, request))
  if (!learned) return scenario.requests
  return scenario.requests.map((request) => ({ ...request, fields: { ...request.fields, ...learned } }))
}
