import { GrpcShippingClient, HttpShippingClient, type ShippingClient } from '../../client/index.js'

interface Addresses {
  readonly httpAddress: string
  readonly grpcAddress: string
}

export interface Transport {
  readonly name: 'http' | 'grpc'
  connect(service: Addresses): ShippingClient
}

/** Every test of the client runs on each of them. */
export const TRANSPORTS: readonly Transport[] = [
  {
    name: 'http',
    connect: ({ httpAddress }) => new HttpShippingClient({ baseUrl: httpAddress, pollMs: 20 }),
  },
  { name: 'grpc', connect: ({ grpcAddress }) => new GrpcShippingClient({ address: grpcAddress }) },
]
