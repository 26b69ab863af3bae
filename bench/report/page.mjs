import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { CONTESTANTS } from '../contestants/contestants.mjs'
import { fail } from '../harness/options.mjs'
import { SCENARIOS } from '../scenarios/scenarios.mjs'
import { chartOf } from './chart.mjs'
import { machinesOf, markOf, nameOfMachine } from './machines.mjs'
import { starvedShareOf } from './metrics.mjs'
import { overviewOf, tableOf } from './tables.mjs'
import { targetsTable } from './targets.mjs'

const DOCS = new URL('../../docs/', import.meta.url)

/** Writes docs/benchmarks.md and its charts. */
export function writePage(resultsByNode) {
  if (resultsByNode.size === 0) fail('there are no results: run the benchmark first, without --only')
  const charts = drawCharts(resultsByNode)
  writeFileSync(new URL('benchmarks.md', DOCS), pageOf(resultsByNode, charts))
}

/** Writes the charts, in place of those of an earlier page; gives the files by the major version of node. */
function drawCharts(resultsByNode) {
  const earlier = readdirSync(DOCS).filter((name) => /^benchmarks-node-\d+\.svg$/.test(name))
  for (const name of earlier) rmSync(new URL(name, DOCS))
  const charts = new Map()
  for (const [major, results] of resultsByNode) {
    const [{ node }] = results.values()
    const chart = chartOf(node, SCENARIOS, results)
    if (chart === null) continue
    const file = `benchmarks-node-${major}.svg`
    writeFileSync(new URL(file, DOCS), chart)
    charts.set(major, file)
  }
  return charts
}

function pageOf(resultsByNode, charts) {
  const pictures = [...charts].map(
    ([major, file]) => `![CPU time for one request on Node ${major}, as a bar chart](${file})`,
  )
  const overviews = [...resultsByNode].map(
    ([major, results]) => `### Node ${major}\n\n${overviewOf(loaded(), results)}`,
  )
  const details = SCENARIOS.map((scenario) => sectionOf(scenario, resultsByNode)).filter(Boolean)
  return `${[
    '# Benchmarks',
    INTRODUCTION,
    ...pictures,
    '## How it was measured',
    PROCEDURE,
    ...[...resultsByNode].map(([major, results]) => circumstancesOf(major, results)),
    '## CPU time of a request',
    'Microseconds, user and system, all threads: medians. Less is better.',
    ...overviews,
    '## Goals',
    GOALS,
    ...[...resultsByNode].map(
      ([major, results]) => `### Goals on Node ${major}\n\n${targetsTable(major, results)}`,
    ),
    ...details,
  ].join('\n\n')}\n`
}

const INTRODUCTION = `<!-- made by \`node bench/run.mjs --write\` -->

Nozomi beside Express, Fastify, Hono, Koa, and node:http and node:net alone. What counts is the CPU time that a server spends
on a request; a figure means something only beside the others of its table. [How to run it, and how to read it](../bench/README.md).`

function loaded() {
  return SCENARIOS.filter(({ measure }) => measure === 'load')
}

const GOALS = `What Nozomi is to reach on node:http, in ratios of CPU time a request (\`bench/targets.mjs\`).
[Where the time goes](explanation/speed.md) says why some are not reached.`

const PROCEDURE = `Each round starts a fresh process for each contestant, checks its answer, and loads it until it gets no faster, before it
counts. The versions of Node were measured one after the other, and some scenarios on another machine than the rest, which is then
named: compare figures of one version and one machine only, and ratios rather than those.`

function circumstancesOf(major, results) {
  const machines = machinesOf(results)
  const node = [...new Set([...results.values()].map((result) => result.node))].join(', ')
  const parts = machines.map((one) => circumstancesOfMachine(one, machines))
  return [`**Node ${major}** (${node})\n`, ...parts].join('\n')
}

/** Of the first machine come all scenarios that no other one is named for. */
function circumstancesOfMachine({ machine, results }, [first]) {
  const { load, isPinned, versions } = results[0].environment
  const named = Object.entries(versions).map(
    ([name, version]) => `${name.replace(/^express4$/, 'express')} ${version}`,
  )
  const commits = [...new Set(results.map((result) => result.environment.commit))]
  const days = [...new Set(results.map(({ finishedAt }) => finishedAt.slice(0, 10)))].toSorted()
  const scenarios = results.map(({ scenario }) => scenario).toSorted()
  const isFirst = machine === first.machine
  return [
    ...(isFirst ? [] : [`\nOn ${nameOfMachine(machine)}, ${scenarios.join(', ')}:\n`]),
    `- ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, ${machine.system}`,
    `- ${named.join(', ')}`,
    `- Nozomi at commit ${commits.join(', ')}; measured on ${days.join(', ')}`,
    `- Load by ${load}, 32 connections; ${isPinned ? 'the server has one core, the load another' : 'nothing was kept on a core'}`,
  ].join('\n')
}

function sectionOf(scenario, resultsByNode) {
  const tables = [...resultsByNode]
    .filter(([, results]) => results.has(scenario.name))
    .map(([major, results]) => {
      const result = results.get(scenario.name)
      return `**Node ${major}**${markOf(results, scenario.name)}, ${circumstancesOfResult(scenario, result)}\n\n${tableOf(scenario, result)}`
    })
  if (tables.length === 0) return null
  const note = [scenario.note, absenceOf(scenario)].filter(Boolean).join(' ')
  return [`## ${scenario.title}`, ...(note ? [note] : []), ...tables].join('\n\n')
}

function circumstancesOfResult(scenario, result) {
  const rounds = Math.max(...Object.values(result.contestants).map((measurements) => measurements.length))
  const count = rounds === 1 ? '1 round' : `${rounds} rounds`
  const isStarved = Object.keys(result.contestants).some((name) => starvedShareOf(result, name) !== null)
  const doubt = isStarved ? ', on a machine that was busy with something else (not to be trusted)' : ''
  return `${scenario.measure === 'load' ? `${count} of ${result.seconds} s` : count}${doubt}:`
}

/** Who takes no part, and why: those with the same reason together. */
function absenceOf({ absent }) {
  const reasons = new Map()
  for (const [name, reason] of Object.entries(absent)) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), CONTESTANTS[name].title.replace(/ \(.*/, '')])
  }
  if (reasons.size === 0) return ''
  const groups = [...reasons].map(([reason, titles]) => `${titles.join(' and ')} (${reason})`)
  return `Absent: ${groups.join('; ')}.`
}
