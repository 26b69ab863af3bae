/**
 * The bytes that a server wrote, taken apart without interpreting them: field names keep their case and order,
 * repeated fields stay apart. It is deliberately a second reading of RFC 9112, independent of node's parser.
 */

export interface Answer {
  version: string
  status: number
  reason: string
  fields: [name: string, value: string][]
  body: Buffer
  /** The fields behind a chunked body. */
  trailers: [name: string, value: string][]
  /** Whether the framing said that the body had ended, rather than the connection breaking off. */
  complete: boolean
}

export interface Reading {
  answers: Answer[]
  /** What stands behind the last expected answer, or is no HTTP at all. */
  surplus: Buffer
}

type Fields = Answer['fields']

interface Body extends Pick<Answer, 'body' | 'trailers' | 'complete'> {
  end: number
}

/**
 * Reads the answers to requests with the given methods, in order.
 *
 * @param closed whether the server has closed, which ends a body that has neither length nor chunks
 */
export function readAnswers(bytes: Buffer, methods: readonly string[], closed: boolean): Reading {
  const answers: Answer[] = []
  let at = 0
  let answered = 0
  while (answered < methods.length && at < bytes.length) {
    const headEnd = bytes.indexOf('\r\n\r\n', at)
    const head = headEnd === -1 ? null : readHead(bytes.toString('latin1', at, headEnd))
    if (head === null) break
    const { end, ...read } = readBody(bytes, headEnd + 4, head, methods[answered] ?? 'GET', closed)
    answers.push({ ...head, ...read })
    at = end
    if (head.status >= 200 || head.status === 101) answered++
    if (!read.complete) break
  }
  return { answers, surplus: bytes.subarray(at) }
}

/** How many final (not 1xx) answers are complete. */
export function countFinal(answers: readonly Answer[]): number {
  return answers.filter((answer) => answer.complete && answer.status >= 200).length
}

/** The value of the first field of that name, whatever its case. */
export function fieldOf(answer: Pick<Answer, 'fields'>, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return answer.fields.find(([given]) => given.toLowerCase() === wanted)?.[1]
}

function readHead(text: string): Omit<Answer, keyof Body> | null {
  const [statusLine = '', ...lines] = text.split('\r\n')
  const match = /^(HTTP\/\d\.\d) (\d{3})(?: (.*))?$/.exec(statusLine)
  if (match === null) return null
  return {
    version: match[1] ?? '',
    status: Number(match[2]),
    reason: match[3] ?? '',
    fields: readFields(lines),
  }
}

function readFields(lines: readonly string[]): Fields {
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]/, '')]
  })
}

function readBody(
  bytes: Buffer,
  start: number,
  head: Pick<Answer, 'status' | 'fields'>,
  method: string,
  closed: boolean,
): Body {
  const { status } = head
  const plain = (end: number, complete: boolean): Body => ({
    body: bytes.subarray(start, end),
    trailers: [],
    end,
    complete,
  })
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return plain(start, true)
  if (/\bchunked\b/i.test(fieldOf(head, 'transfer-encoding') ?? '')) return readChunks(bytes, start)
  const length = fieldOf(head, 'content-length')
  if (length === undefined) return plain(bytes.length, closed)
  const end = start + Number(length)
  return plain(Math.min(bytes.length, end), end <= bytes.length)
}

function readChunks(bytes: Buffer, start: number): Body {
  const parts: Buffer[] = []
  const broken = (): Body => ({
    body: Buffer.concat(parts),
    trailers: [],
    end: bytes.length,
    complete: false,
  })
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return broken()
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (size === 0) {
      const end = bytes.indexOf('\r\n\r\n', lineEnd)
      if (end === -1) return broken()
      const lines = bytes.toString('latin1', lineEnd + 2, end).split('\r\n')
      const trailers = readFields(lines.filter((line) => line !== ''))
      return { body: Buffer.concat(parts), trailers, end: end + 4, complete: true }
    }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
    if (Number.isNaN(size) || at > bytes.length) return broken()
  }
}
