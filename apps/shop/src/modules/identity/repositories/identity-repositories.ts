import type { Storage } from '../../../platform/database/storage.js'
import type {
  FederatedIdentityRepository,
  TokenFamilyRepository,
  UserRepository,
} from '../domain/repositories.js'
import { MemoryFederatedIdentityRepository } from './memory/memory-federated-identity-repository.js'
import { MemoryTokenFamilyRepository } from './memory/memory-token-family-repository.js'
import { MemoryUserRepository } from './memory/memory-user-repository.js'
import { PostgresFederatedIdentityRepository } from './postgres/postgres-federated-identity-repository.js'
import { PostgresTokenFamilyRepository } from './postgres/postgres-token-family-repository.js'
import { PostgresUserRepository } from './postgres/postgres-user-repository.js'

export interface IdentityRepositories {
  readonly users: UserRepository
  readonly federatedIdentities: FederatedIdentityRepository
  readonly tokenFamilies: TokenFamilyRepository
}

/** The repositories that fit a storage. */
export function createIdentityRepositories(storage: Storage): IdentityRepositories {
  if (storage.kind === 'sql') {
    return {
      users: new PostgresUserRepository(storage.sql),
      federatedIdentities: new PostgresFederatedIdentityRepository(storage.sql),
      tokenFamilies: new PostgresTokenFamilyRepository(storage.sql),
    }
  }
  return {
    users: new MemoryUserRepository(storage.memory),
    federatedIdentities: new MemoryFederatedIdentityRepository(storage.memory),
    tokenFamilies: new MemoryTokenFamilyRepository(storage.memory),
  }
}
