import { randomUUID } from 'node:crypto'

/** The caller's id when it is one; else a new one. Security: what is logged can not break a line or fill the disk. */
export function requestIdFrom(sent: unknown): string {
  return typeof sent === 'string' && /^[\w.:-]{1,128}$/.test(sent) ? sent : randomUUID()
}
