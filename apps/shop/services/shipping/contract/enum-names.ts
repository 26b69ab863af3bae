import { SERVICE_LEVELS, type ServiceLevel, SHIPMENT_STATES, type ShipmentState } from './vocabulary.js'
import type { EnumMessage } from './messages.js'

const LEVEL_PREFIX = 'SERVICE_LEVEL_'
const STATE_PREFIX = 'SHIPMENT_STATE_'

/** `express` is `SERVICE_LEVEL_EXPRESS` on the wire. */
export function formatLevel(level: ServiceLevel): string {
  return LEVEL_PREFIX + level.toUpperCase()
}

/**
 * Undefined when nothing was said, also when `UNSPECIFIED` was. A name or number that is not known is given back as
 * it is, so that whoever checks it can show it.
 */
export function parseLevel(value: EnumMessage | undefined): EnumMessage | undefined {
  return parse(value, LEVEL_PREFIX, SERVICE_LEVELS)
}

export function formatState(state: ShipmentState): string {
  return STATE_PREFIX + state.toUpperCase()
}

export function parseState(value: EnumMessage | undefined): EnumMessage | undefined {
  return parse(value, STATE_PREFIX, SHIPMENT_STATES)
}

function parse(
  value: EnumMessage | undefined,
  prefix: string,
  words: readonly string[],
): EnumMessage | undefined {
  if (value === undefined || value === `${prefix}UNSPECIFIED`) return undefined
  return words.find((word) => prefix + word.toUpperCase() === value) ?? value
}
