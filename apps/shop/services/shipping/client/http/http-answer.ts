import { z } from 'zod'
import { type FieldError, isRefusalCode, type RefusalCode } from '../../contract/vocabulary.js'
import { type ShippingError, ShippingRefused, ShippingUnavailable } from '../errors.js'

/** Security: no answer of the service comes near; something else may be without end. */
const MAX_ANSWER_BYTES = 262_144

const problem = z.object({
  code: z.string(),
  detail: z.string().default(''),
  errors: z.array(z.object({ field: z.string(), problem: z.string(), expected: z.string() })).default([]),
})

/** The JSON of an answer. Throws the error that it stands for. */
export async function readAnswer(response: Response): Promise<unknown> {
  const answer = parseJson(await readText(response))
  if (response.ok) return answer
  throw errorOf(response.status, answer)
}

function errorOf(status: number, answer: unknown): ShippingError {
  const { data } = problem.safeParse(answer)
  if (data && isRefusalCode(data.code)) return refusal(data.code, data.detail, data.errors)
  if (status === 504) return new ShippingUnavailable('time-limit', data?.detail ?? 'no answer in time')
  const said = `the shipping service answered ${status}${data ? `: ${data.detail}` : ''}`
  // 429 is a limit that somebody put before the service; any other 4xx means that this is not the service.
  const code = status >= 500 || status === 429 ? 'service-failed' : 'bad-answer'
  return new ShippingUnavailable(code, said)
}

function refusal(code: RefusalCode, detail: string, errors: readonly FieldError[]): ShippingRefused {
  // The size of a request depends on the transport, and so do its words.
  return new ShippingRefused(code, detail, code === 'too-large' ? [] : errors)
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new ShippingUnavailable('bad-answer', 'the answer is too long')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
