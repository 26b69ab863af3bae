import { ApiError } from '../api/api-error.js'
import { asNobody, type Received, type Schemas, success } from '../api/client.js'
import { hasRefreshTrace, leaveRefreshTrace } from './refresh-trace.js'
import { hasSessionMark } from './session-mark.js'

type User = Schemas['User']

type Grant = Received<'/v1/auth/login', 'post'>

type OpenSession = Received<'/v1/auth/session', 'get'>

type Fields = Readonly<Record<string, string>>

/** How requests say who sends them. */
type Proof =
  | { readonly by: 'token'; readonly token: string; readonly expiresAt: number }
  | { readonly by: 'session'; readonly csrfToken: string }

/** What one window tells the others: who is signed in, and how. */
interface News {
  readonly user: string | null
  readonly by: Proof['by'] | null
}

/** `elsewhere`: in another window of this browser. */
type Listener = (user: User | null, elsewhere: boolean) => void

/** How long before its end a token is exchanged. */
const MARGIN_MS = 30_000

/**
 * Who is signed in here: by tokens, when the visitor gave a password, or by a session, which is what an identity provider
 * leads to. The access token stays in memory, out of reach of whatever reads the storage; the refresh token and the
 * session are in cookies that no script sees. Requests name the access token, or the CSRF token of the session, and what
 * needs a cookie alone is refused by the shop when it comes from another site: so no forged request acts for the user.
 *
 * There is one sign-in at a time: a new one ends the other kind.
 */
export class Session {
  #user: User | null = null
  #proof: Proof | null = null
  #finding: Promise<boolean> | null = null
  readonly #listeners = new Set<Listener>()
  /** Tells the other windows of this browser. */
  readonly #windows = new BroadcastChannel('session')
  /** Done when it is known whether somebody is signed in. */
  readonly ready: Promise<unknown>

  constructor() {
    this.#windows.addEventListener('message', ({ data }: MessageEvent<News>) => void this.#hear(data))
    // The back button may bring a page as it was before somebody signed in or out.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) void this.#findOnce(true, this.#mayRefresh())
    })
    this.ready = this.refresh()
  }

  get user(): User | null {
    return this.#user
  }

  may(permission: string): boolean {
    return this.#user?.permissions.includes(permission) ?? false
  }

  /** Calls back when somebody signs in or out. */
  onChange(listener: Listener): void {
    this.#listeners.add(listener)
  }

  async signIn(email: string, password: string): Promise<void> {
    const headers = (await fieldsOfSession()) ?? {}
    const { data } = await success(asNobody.post('/v1/auth/login', { body: { email, password }, headers }))
    await this.#endSession()
    this.#takeGrant(data)
  }

  async register(name: string, email: string, password: string): Promise<void> {
    const headers = (await fieldsOfSession()) ?? {}
    await success(asNobody.post('/v1/auth/register', { body: { name, email, password }, headers }))
    await this.signIn(email, password)
  }

  async signOut(): Promise<void> {
    await this.#endSession()
    // By the cookie: that works with an expired access token, too.
    if (this.#mayRefresh()) await success(asNobody.delete('/v1/auth/refresh'))
    leaveRefreshTrace(false)
    this.#forget()
  }

  /** An access token that is good for a while; null when nobody is signed in, or by a session. */
  async token(): Promise<string | null> {
    await this.ready
    if (this.#proof?.by === 'token' && Date.now() > this.#proof.expiresAt - MARGIN_MS) await this.refresh()
    return this.#proof?.by === 'token' ? this.#proof.token : null
  }

  /** The fields by which a request says who sends it; none for a guest. */
  async fields(): Promise<Fields> {
    const token = await this.token()
    if (token !== null) return { Authorization: `Bearer ${token}` }
    // Reading needs it too: so the shop tells a session that has ended from a guest.
    return this.#proof?.by === 'session' ? { 'X-CSRF-Token': this.#proof.csrfToken } : {}
  }

  /** Whether there may be a sign-in that this window has not found. */
  get isOverlooked(): boolean {
    return this.#user === null && hasSessionMark()
  }

  /** Finds out anew who is signed in. Whoever asks meanwhile waits for the same answer. */
  refresh(): Promise<boolean> {
    return this.#findOnce(false, this.#mayRefresh())
  }

  #findOnce(elsewhere: boolean, mayRefresh: boolean): Promise<boolean> {
    this.#finding ??= this.#find(elsewhere, mayRefresh).finally(() => (this.#finding = null))
    return this.#finding
  }

  /** A session comes first: while there is one, the shop takes no refresh token without its CSRF token. */
  async #find(elsewhere: boolean, mayRefresh: boolean): Promise<boolean> {
    try {
      if (hasSessionMark() && (await this.#findSession(elsewhere))) return true
      if (mayRefresh) {
        this.#takeGrant((await success(asNobody.post('/v1/auth/refresh'))).data, elsewhere)
        return true
      }
      this.#forget(elsewhere)
    } catch (error) {
      // Any other failure says nothing about the sign-in: the next request tries again.
      if (isSignedOut(error)) {
        leaveRefreshTrace(false)
        this.#forget(elsewhere)
      }
    }
    return false
  }

  async #findSession(elsewhere: boolean): Promise<boolean> {
    const found = await readSession()
    if (found === null) return false
    const { user, csrfToken } = found
    // It is the newer of the two, or it would have been ended.
    if (this.#mayRefresh()) {
      const headers = { 'X-CSRF-Token': csrfToken }
      await success(asNobody.delete('/v1/auth/refresh', { headers }))
      leaveRefreshTrace(false)
    }
    this.#take(user, { by: 'session', csrfToken }, elsewhere)
    return true
  }

  /** Whether there is a sign-in by tokens to go on with, as far as the page knows. */
  #mayRefresh(): boolean {
    return this.#proof?.by === 'token' || hasRefreshTrace()
  }

  async #endSession(): Promise<void> {
    // Read anew: another window may have begun another one.
    const headers = await fieldsOfSession()
    if (headers !== null) await success(asNobody.delete('/v1/auth/session', { headers }))
  }

  #takeGrant({ user, access_token: token, expires_in: seconds }: Grant, elsewhere = false): void {
    leaveRefreshTrace(true)
    this.#take(user, { by: 'token', token, expiresAt: Date.now() + seconds * 1000 }, elsewhere)
  }

  #take(user: User, proof: Proof, elsewhere: boolean): void {
    const was = this.#news()
    this.#user = user
    this.#proof = proof
    this.#tell(was, elsewhere)
  }

  #forget(elsewhere = false): void {
    const was = this.#news()
    this.#user = null
    this.#proof = null
    this.#tell(was, elsewhere)
  }

  #tell(was: News, elsewhere: boolean): void {
    const news = this.#news()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    if (!elsewhere && !isSame(was, news)) this.#windows.postMessage(news)
    if (was.user === news.user) return
    for (const listener of this.#listeners) listener(this.#user, elsewhere)
  }

  /** What this window is finding out may be older than the news. The news may be here before what is in the storage. */
  async #hear(news: News): Promise<void> {
    if (news.user === null) return this.#forget(true)
    await this.#finding
    if (!isSame(news, this.#news())) await this.#findOnce(true, news.by === 'token' || this.#mayRefresh())
  }

  #news(): News {
    return { user: this.#user?.id ?? null, by: this.#proof?.by ?? null }
  }
}

/** The token of the session, should there be one: what writes must bring it. Null when there is none. */
async function fieldsOfSession(): Promise<Fields | null> {
  const found = hasSessionMark() ? await readSession() : null
  return found && { 'X-CSRF-Token': found.csrfToken }
}

/** Null when there is none any more. */
async function readSession(): Promise<OpenSession | null> {
  try {
    return (await success(asNobody.get('/v1/auth/session'))).data
  } catch (error) {
    if (isSignedOut(error)) return null
    throw error
  }
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

function isSame(one: News, other: News): boolean {
  return one.user === other.user && one.by === other.by
}

export const session = new Session()
