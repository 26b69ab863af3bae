import type { DestinationStream } from 'pino'

/** Turns the log's lines of JSON into lines for people at a terminal: `07:51:23 warn a connection broke (requestId=4f)`. */
export function createTextLines(write: (text: string) => void): DestinationStream {
  return { write: (line) => write(`${textOf(line)}\n`) }
}

interface Line {
  readonly level: string
  readonly time: string
  readonly msg: string
  readonly err?: { readonly stack?: string; readonly message?: string }
  readonly [field: string]: unknown
}

function textOf(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Line
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${valueOf(value)}`)
  const beside = shown.length > 0 ? ` (${shown.join(' ')})` : ''
  const trace = err === undefined ? '' : `\n${err.stack ?? err.message ?? ''}`
  return `${time.slice(11, 19)} ${level} ${msg}${beside}${trace}`
}

function valueOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
