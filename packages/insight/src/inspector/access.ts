import type { InspectorRequest } from './messages.js'

/*
 * Who may look without a token: a browser or a tool on the same machine that asks for it by a name of this machine, and
 * no page of another origin in that browser.
 */

/** Why a request is refused; null when it may pass. */
export type Refusal = string | null

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

const TOKEN_HINT =
  'Give the inspector a token to open it from elsewhere: insight(app, { inspector: { token } }).'

export function refusalOfStranger(req: InspectorRequest): Refusal {
  if (!isLoopback(req.socket?.remoteAddress)) {
    return `The inspector is for clients on this machine only. ${TOKEN_HINT}`
  }
  // Security: a proxy on this machine makes every client look like one of this machine.
  const forwarded = FORWARDED.find((name) => req.headers[name] !== undefined)
  if (forwarded !== undefined) {
    return `The inspector is for clients on this machine only, and this request came through a proxy (${forwarded}). ${TOKEN_HINT}`
  }
  // Security: DNS rebinding. A name that an attacker can point to 127.0.0.1 makes their page one of our origin.
  const host = hostOf(req)
  if (host === null || !isLoopbackName(host)) {
    return `The inspector answers to localhost only, not to ${JSON.stringify(host ?? '')}. ${TOKEN_HINT}`
  }
  return null
}

/**
 * Security: a page of another origin may send a request, with the cookie too where it is of the same site. It could read
 * the answer where a `cors` allows it, and could count requests in any case.
 */
export function refusalOfForeignPage(req: InspectorRequest, isNavigation: boolean): Refusal {
  const site = req.headers['sec-fetch-site']
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  // A link to the inspector is followed: the page itself holds no data.
  if (isForeign && !(isNavigation && req.headers['sec-fetch-mode'] === 'navigate')) {
    return 'The inspector does not answer to pages of other origins.'
  }
  const { origin } = req.headers
  if (origin === undefined) return null
  return originHost(origin) === authorityOf(req)?.toLowerCase()
    ? null
    : 'The inspector does not answer to pages of other origins.'
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain)
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || isLoopback(host)
}

/** The host without its port, in lower case. */
function hostOf(req: InspectorRequest): string | null {
  const authority = authorityOf(req)
  const match = authority === undefined ? null : /^(\[[\da-f:.]+\]|[^:[\]/@\s]+)(?::\d*)?$/i.exec(authority)
  return match?.[1]?.toLowerCase() ?? null
}

function authorityOf(req: InspectorRequest): string | undefined {
  const authority = req.headers.host ?? req.headers[':authority']
  return typeof authority === 'string' ? authority : undefined
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
