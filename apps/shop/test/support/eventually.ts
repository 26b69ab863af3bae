import { setTimeout } from 'node:timers/promises'

const LIMIT_MS = 30_000

/** Asks until the answer is right, for what comes a moment later; gives the last answer when it never is. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const answer = await ask()
    if (isRight(answer) || Date.now() > deadline) return answer
    await setTimeout(15)
  }
}
