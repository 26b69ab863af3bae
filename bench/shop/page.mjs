import { writeFileSync } from 'node:fs'
import { median, spread } from '../harness/statistics.mjs'
import { written } from '../report/metrics.mjs'
import { markdownTable } from '../report/tables.mjs'

const PAGE = new URL('../../docs/benchmarks-shop.md', import.meta.url)

export function tableOf({ calls }) {
  const head = [
    '',
    'Express 5, µs',
    'lowest to highest',
    'Nozomi, µs',
    'lowest to highest',
    'Express to Nozomi',
  ]
  const rows = calls.map(({ title, cpu }) => [
    title,
    ...figuresOf(cpu.express),
    ...figuresOf(cpu.nozomi),
    `${(median(cpu.express) / median(cpu.nozomi)).toFixed(2)} x`,
  ])
  return markdownTable(head, rows)
}

export function writePage(results) {
  const [{ environment, rounds, seconds, measuredAt }] = results
  const { machine, load, commit } = environment
  const sections = results.map((result) => `## Node ${result.node.version}\n\n${tableOf(result)}`)
  const page = [
    '# The shop on Express and on Nozomi',
    `<!-- made by \`node bench/shop.mjs --write\` -->

The same application, [the shop](../apps/shop/README.md), on stock Express 5 and on Nozomi: the CPU time that its process spends
on a request, user and system, all threads. It runs as in production: logs, metrics, security headers, compression, limits,
validation, sessions; its data is in PostgreSQL, whose own work does not count. Orders include what follows from them: the
outbox, the events, the notification.

Most of that work is the application's and its libraries', the same on both: the gap is narrower than in
the benchmarks of the framework alone.`,
    ...sections,
    '## How it was measured',
    [
      `- Machine: ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, ${machine.system}`,
      `- Nozomi at commit ${commit}, measured on ${measuredAt.toISOString().slice(0, 10)}`,
      `- ${rounds} rounds of ${seconds} s, medians; each round in fresh processes, warmed up, in turn; load by ${load}, 32 connections, on a core of its own`,
      '- Answers are checked before they are timed; those to reads must be the same on both, byte by byte',
      '- Each order has an `Idempotency-Key` of its own, and takes stock of two of 32 products',
      '- To repeat it: `node bench/shop.mjs`',
    ].join('\n'),
  ]
  writeFileSync(PAGE, `${page.join('\n\n')}\n`)
}

/** The median, and how far the rounds lie apart. */
function figuresOf(values) {
  return [written(median(values)), spread(values).map(written).join(' to ')]
}
