/**
 * How many layers may run inside one another before the next one waits for a turn of the event loop.
 * Each synchronous `next()` is a call inside the call before it: without this, a few thousand middleware would
 * overflow the stack. Parity: Express's number, visible in the order of timers.
 */
export const MAX_SYNC_STEPS = 100
