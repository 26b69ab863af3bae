/**
 * Says how fast its core is just now, each time that it is asked: the milliseconds of CPU that a fixed piece of work takes. Ends when the
 * process that started it is gone.
 *
 * What it does keeps all units of the core busy: additions that wait for nothing. Two threads that share a core share these units. A loop
 * in which each step waits for the one before would take as long beside a neighbour as alone.
 */
const STEPS = 10_000
const PARTS = 3_000
const WARM_UP_ROUNDS = 10

process.on('disconnect', () => process.exit())

let held = 0
for (let round = 0; round < WARM_UP_ROUNDS; round++) millisecondsOfWork()
process.on('message', () => process.send(millisecondsOfWork()))
process.send('ready')

function millisecondsOfWork() {
  const before = process.cpuUsage()
  for (let part = 0; part < PARTS; part++) held = work(held)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Called often, so that V8 compiles it as a whole. */
function work(start) {
  let a = start
  let b = 1
  let c = 2
  let d = 3
  let e = 4
  for (let step = 0; step < STEPS; step++) {
    a = (a + step) | 0
    b = (b ^ step) | 0
    c = (c + (step << 1)) | 0
    d = (d - step) | 0
    e = (e + a) | 0
  }
  return (a + b + c + d + e) | 0
}
