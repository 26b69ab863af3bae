/** The shop sets this cookie with each session, whose own cookie no script sees, and takes it away with it. */
const MARK = /(?:^|; )shop\.signed-in=/

/** Whether there may be a session to ask for: guests need not. */
export function hasSessionMark(): boolean {
  return MARK.test(document.cookie)
}
