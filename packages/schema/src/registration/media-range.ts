/** A media type or a range of them, without parameters. */
export const MEDIA_RANGE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/
