/** How many pieces of a product can be in a cart; the limit is that of the API. */
export const MOST_PIECES = 999

export const QUANTITY_RULE = `A whole number from 1 to ${MOST_PIECES}.`

/** Of an input for pieces. */
export const QUANTITY_ATTRIBUTES = {
  type: 'number',
  inputmode: 'numeric',
  required: true,
  min: 1,
  max: MOST_PIECES,
  step: 1,
} as const
