/** A file of traffic can not be used: it says which one, where in it, and why. */
export class TrafficError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TrafficError'
  }
}
