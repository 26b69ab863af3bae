/** What a worker tells the primary when it answers requests. */
export interface WorkerMessage {
  readonly shop: 'ready'
  readonly address: string
  readonly framework: string
  readonly storage: string
  readonly state: string
}
