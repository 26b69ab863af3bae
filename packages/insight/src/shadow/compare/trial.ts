import type { Point, SideAnswer, SideName } from '../../types/shadow.js'
import { compareAnswers } from './compare-answers.js'

/** What the sides answered to one request. */
export interface Answers {
  readonly express: SideAnswer
  readonly nozomi: SideAnswer
  /** Null: Express was asked once. */
  readonly control: SideAnswer | null
}

/** How the processes ended, of those that did. */
export type Endings = Readonly<Partial<Record<SideName, string>>>

export interface Comparison {
  readonly points: readonly Point[]
  /** What two runs of Express differ in. */
  readonly noise: readonly Point[]
}

/** Holds the answers against each other. */
export function compareTrial(answers: Answers, endings: Endings): Comparison {
  const { express, nozomi, control } = answers
  return {
    points: [...compareEndings(endings.express, endings.nozomi), ...compareAnswers(express, nozomi)],
    noise: control === null ? [] : compareAnswers(express, control),
  }
}

function compareEndings(express: string | undefined, nozomi: string | undefined): Point[] {
  if ((express === undefined) === (nozomi === undefined)) return []
  const running = 'the process goes on'
  return [{ what: 'process', where: '', express: express ?? running, nozomi: nozomi ?? running }]
}
