import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The servers have one core, whoever loads them another. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

/** Whether processes can be kept on a core: on Linux, with two cores or more. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** A command that stays on one core, where that can be. */
export function pinned(core, command) {
  return canPin ? ['taskset', '-c', String(core), ...command] : command
}
