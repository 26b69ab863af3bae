import { createHash } from 'node:crypto'
import type { Answer } from './answer.js'
import type { Transcript } from './carrier.js'
import type { Exchange } from './exchange.js'
import { maskBody, maskFields } from './mask.js'

/** All that one server did in a scenario: an answer sheet for each exchange, and what its handlers noted. */
export interface Performance {
  transcripts: Transcript[]
  trace: string[]
}

/** Bodies above this length are compared by their digest: a diff of them would hide the rest. */
const longBody = 4000

/** The performance as lines; two servers agree when all lines are equal. */
export function render(exchanges: readonly Exchange[], { transcripts, trace }: Performance): string[] {
  const lines = transcripts.flatMap((transcript, index) => [
    `── ${exchanges[index]?.label ?? ''}`,
    ...renderTranscript(transcript),
  ])
  return trace.length === 0 ? lines : [...lines, '── noted by handlers', ...trace]
}

export function renderTranscript({ answers, surplus, ending, readAt }: Transcript): string[] {
  const lines = answers.flatMap((answer) => renderAnswer(answer, readAt))
  if (surplus.length > 0)
    lines.push(`surplus bytes: ${JSON.stringify(surplus.toString('latin1').slice(0, 2000))}`)
  if (answers.length === 0 && surplus.length === 0) lines.push('no answer')
  if (ending === 'left open') lines.push('the connection was left open')
  return lines
}

function renderAnswer(answer: Answer, readAt: number): string[] {
  const fields = maskFields(answer, readAt).map(([name, value]) => `${name}: ${value}`)
  const trailers = answer.trailers.map(([name, value]) => `trailer ${name}: ${value}`)
  const broken = answer.complete ? [] : ['the body breaks off']
  return [
    `${answer.version} ${answer.status} ${answer.reason}`,
    ...fields,
    ...renderBody(answer.body),
    ...trailers,
    ...broken,
  ]
}

function renderBody(body: Buffer): string[] {
  if (body.length === 0) return ['no body']
  const text = maskBody(body)
  if (text.length > longBody) {
    return [
      `body of ${text.length} bytes, sha256 ${createHash('sha256').update(text, 'latin1').digest('hex')}`,
    ]
  }
  return text.split('\n').map((line) => `| ${JSON.stringify(line).slice(1, -1)}`)
}
