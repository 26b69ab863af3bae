import type { Finding, Severity } from '../types/finding.js'
import { formatPlace } from './describe.js'

export interface FormatOptions {
  /** With the colours of a terminal. Default: false. */
  readonly colors?: boolean
  /** Files in or below it are named from there. Default: the working directory. */
  readonly folder?: string
}

const COLORS: Readonly<Record<Severity, string>> = { error: '31', warning: '33', advice: '36' }

/**
 * The findings as text for a terminal: what, where, why, and how it is mended. Empty when there are none.
 */
export function formatFindings(findings: readonly Finding[], options: FormatOptions = {}): string {
  const { colors = false, folder } = options
  const paint = (code: string, text: string): string => (colors ? `\u001B[${code}m${text}\u001B[0m` : text)
  return findings
    .map((finding) => {
      const { severity, rule, what, why, mend, place } = finding
      const where = place === null ? [] : [`  at    ${printable(formatPlace(place, folder))}`]
      const head = `${paint(COLORS[severity], severity)} ${paint('1', printable(what))} (${rule})`
      return [head, ...where, `  why   ${why}`, `  mend  ${printable(mend)}`].join('\n')
    })
    .join('\n\n')
}

/** `2 errors, 1 warning`. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length
  const [errors, warnings, advice] = [count('error'), count('warning'), count('advice')]
  const parts = [
    errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : '',
    advice > 0 ? `${advice} ${advice === 1 ? 'piece' : 'pieces'} of advice` : '',
  ]
  return parts.filter((part) => part !== '').join(', ') || 'nothing found'
}

/** Security: names and paths may hold control characters, which a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
