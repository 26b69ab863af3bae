import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { TrafficRequest } from '../../types/shadow.js'
import { readHar } from './har.js'
import { parseRequestLine } from './request-line.js'
import { TrafficError } from './traffic-error.js'

/**
 * Reads a file of requests: HAR where its name ends on `.har`, a request a line otherwise. Empty lines, and lines that
 * begin with `#` or `//`, are passed over.
 *
 * @throws TrafficError
 */
export function readTraffic(file: string, origin: string | null): TrafficRequest[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new TrafficError(`${file}: ${(error as Error).message}`)
  }
  if (extname(file).toLowerCase() === '.har') return readHar(text, file, origin)
  const lines = text.split(/\r?\n/)
  const requests = lines.flatMap((line, at) =>
    /^\s*(?:$|#|\/\/)/.test(line) ? [] : [parseRequestLine(line, `${basename(file)}:${at + 1}`)],
  )
  if (requests.length === 0) throw new TrafficError(`${file}: there is no request in it`)
  return requests
}
