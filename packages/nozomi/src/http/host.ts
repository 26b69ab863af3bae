/*
 * The Host field: `uri-host [ ":" port ]` (RFC 9110 §7.2), with uri-host as RFC 3986 §3.2.2 has it.
 */

const REG_NAME = /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*$/i
const IP_LITERAL = /^\[[0-9a-f:.]+\]$|^\[v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+\]$/i
const PORT = /^[0-9]*$/

/** Whether a value is a host with an optional port, and nothing else: no user, path, blank or second colon. */
export function isHost(value: string): boolean {
  const portAt = portSeparator(value)
  const name = portAt === -1 ? value : value.slice(0, portAt)
  if (portAt !== -1 && !PORT.test(value.slice(portAt + 1))) return false
  return name.startsWith('[') ? IP_LITERAL.test(name) : name !== '' && REG_NAME.test(name)
}

/** The host without its port. An IPv6 address keeps its brackets. */
export function hostnameOf(host: string): string {
  const portAt = portSeparator(host)
  return portAt === -1 ? host : host.slice(0, portAt)
}

function portSeparator(host: string): number {
  return host.indexOf(':', host.startsWith('[') ? host.indexOf(']') + 1 : 0)
}
