/** What must not be read in a log, though clients and providers send it in addresses. */
const SECRET_PARAMETERS = /([?&](?:code|state|token|[\w-]*_token|password|secret|signature|key)=)[^&#]*/gi

/** The address of a request as it may stand in a log. */
export function shownAddress(address: string): string {
  return address.includes('?') ? address.replace(SECRET_PARAMETERS, '$1***') : address
}
