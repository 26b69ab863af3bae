import type { Answer } from './answer.js'

/**
 * What may differ between two runs of the same server is replaced by a statement about it: a date by `<now>` when it
 * is one, a stack by the first line of its error. What is masked is checked first, so that a missing or wrong value
 * still shows.
 */

const httpDate = /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/

/** A loaded machine may read an answer late. */
const toleranceMs = 20_000

/** Frames of a stack as the final handler's page shows them, and as plain text. */
const htmlFrames = /(?:<br>(?: |&nbsp;)*at (?:(?!<br>|<\/pre>).)*)+/g
const textFrames = /(?:\n +at [^\n]*)+/g

/** @param readAt when the answer was read, in ms since the epoch */
export function maskFields(answer: Answer, readAt: number): [string, string][] {
  const isCut = maskBody(answer.body).length !== answer.body.length
  return answer.fields.map(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'date':
        return [name, isAbout(value, readAt) ? '<now>' : `not now: ${value}`]
      case 'set-cookie':
        return [name, maskCookie(value, readAt)]
      case 'content-length':
        return [name, isCut && Number(value) === answer.body.length ? '<length of the body>' : value]
      default:
        return [name, value]
    }
  })
}

/** The body as latin1, stacks cut to `at …`. */
export function maskBody(body: Buffer): string {
  return body.toString('latin1').replace(htmlFrames, '<br> at …').replace(textFrames, '\n    at …')
}

/** The first line of a message, for what is compared without its stack. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function maskCookie(value: string, readAt: number): string {
  const maxAge = /Max-Age=(-?\d+)/.exec(value)?.[1]
  return value.replace(new RegExp(`Expires=(${httpDate.source})`), (whole, date: string) =>
    maxAge !== undefined && isAbout(date, readAt + Number(maxAge) * 1000) ? 'Expires=<now + Max-Age>' : whole,
  )
}

function isAbout(date: string, time: number): boolean {
  return httpDate.test(date) && Math.abs(Date.parse(date) - time) < toleranceMs
}
