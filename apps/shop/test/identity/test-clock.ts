import type { Clock } from '#shop/platform/clock/clock.js'

/** The time, and what a test has added to it. */
export class TestClock implements Clock {
  #ahead = 0

  now(): Date {
    return new Date(Date.now() + this.#ahead)
  }

  advance(ms: number): void {
    this.#ahead += ms
  }
}
