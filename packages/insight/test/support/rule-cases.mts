import assert from 'node:assert/strict'
import test from 'node:test'
import { audit, type AuditOptions } from '#dist/audit/audit.js'
import { watchFramework } from '#dist/audit/watch-framework.js'
import type { Finding } from '#dist/types/finding.js'
import { FRAMEWORKS } from './frameworks.mjs'

export type Framework = (typeof FRAMEWORKS)[number]['framework']
export type Application = ReturnType<Framework>

export interface Line {
  readonly file: string
  readonly line: number
}

/** An application with a fault, and the line where it is to be found. */
export interface Fault {
  readonly app: Application
  readonly at: Line | null
  /** What the finding has to name. */
  readonly what: RegExp
}

export interface RuleCases {
  readonly faults: Readonly<Record<string, (express: Framework) => Fault>>
  /** What is nearest to the fault, and none. */
  readonly innocents: Readonly<Record<string, (express: Framework) => Application>>
  readonly options?: AuditOptions
}

/** Tests of one rule, on both frameworks: each fault is found once and located, and nothing in the innocents. */
export function testRule(rule: string, { faults, innocents, options = {} }: RuleCases): void {
  for (const { name, framework } of FRAMEWORKS) {
    watchFramework(framework as never)
    for (const [title, create] of Object.entries(faults)) {
      test(`${rule}: finds ${title}, on ${name}`, () => {
        const { app, at, what } = create(framework)
        const found = findingsOf(rule, app, options)
        assert.equal(found.length, 1, JSON.stringify(found))
        assert.match(found[0]?.what ?? '', what)
        assert.deepEqual(lineOf(found[0]), at)
      })
    }
    for (const [title, create] of Object.entries(innocents)) {
      test(`${rule}: finds nothing in ${title}, on ${name}`, () => {
        assert.deepEqual(findingsOf(rule, create(framework), options), [])
      })
    }
  }
}

/** The line below the one that calls this. */
export function nextLine(): Line {
  const [, , caller = ''] = (new Error('here').stack ?? '').split('\n')
  const [, file = '', line = ''] = /\(?((?:file:\/\/)?\/[^():]*):(\d+):\d+\)?$/u.exec(caller) ?? []
  return { file: file.replace('file://', ''), line: Number(line) + 1 }
}

export function findingsOf(rule: string, app: Application, options: AuditOptions = {}): Finding[] {
  return audit(app as never, options).filter((finding) => finding.rule === rule)
}

function lineOf(finding: Finding | undefined): Line | null {
  return finding?.place ? { file: finding.place.file, line: finding.place.line } : null
}
