/** Says that there may be a refresh token to go on with: visitors who never signed in need not ask for one. */
const TRACE = 'has-signed-in'

/** The storage may be closed to us; then a sign-in by tokens lasts as long as the page. */
export function hasRefreshTrace(): boolean {
  try {
    return localStorage.getItem(TRACE) !== null
  } catch {
    return false
  }
}

export function leaveRefreshTrace(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(TRACE, 'yes')
    else localStorage.removeItem(TRACE)
  } catch {}
}
