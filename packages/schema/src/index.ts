/**
 * `@nozomi/schema`: what a route takes and answers, said once: for validation, types, the OpenAPI document and the client.
 */
// It tells the types of routers of contracts.
export type * from './types/framework.js'
export { AnswerError } from './answers/answer-error.js'
export { check } from './check.js'
export { createMiddleware, type MiddlewareContract } from './create-middleware.js'
export { ContractError, SchemaError } from './problems/catalogue.js'
export type { Problem, SaidProblem } from './problems/problem.js'
export { type ProblemHandler, problems, type ProblemsOptions } from './problems/problems.js'
export { type GivenIssue, ValidationError, type ValidationErrorOptions } from './problems/validation-error.js'
export { joi } from './schemas/joi.js'
export { jsonSchema, type JsonSchemaOptions } from './schemas/json-schema.js'
export { leftOutOf, openapiDocument } from './openapi/document.js'
export type { LeftOut } from './openapi/parts/documented.js'
export { openapi, type OpenApiMiddleware, openapiOptionsOf } from './openapi/serve/openapi.js'
export { formatYaml } from './openapi/serve/representation.js'
export type { OpenApiOptions } from './openapi/serve/serve-options.js'
export type { DocumentOptions } from './openapi/types/document-options.js'
export type {
  ComponentsObject,
  ExampleObject,
  InfoObject,
  MediaTypeObject,
  OpenApiDocument,
  OpenApiMethod,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  SecurityRequirement,
  SecuritySchemeObject,
  ServerObject,
  TagObject,
} from './openapi/types/document.js'
export { type Operation, operationsOf, type OperationSource } from './operations/operation.js'
export type { PathParameter } from './operations/paths/path-piece.js'
export type { PathTemplate } from './operations/paths/path-templates.js'
export { checkExchange } from './drift/check-exchange.js'
export type { ApiDocument } from './drift/document.js'
export { drift, type DriftOptions, type DriftWatcher } from './drift/drift.js'
export { type DriftReport, formatDriftReport } from './drift/drift-report.js'
export type { Exchange, SeenRequest, SeenResponse } from './drift/exchange.js'
export type { DriftFinding, DriftKind } from './drift/finding.js'
export type {
  BodyByType,
  ContentByType,
  Contract,
  Documentation,
  Examples,
  FileRule,
  FileRules,
  ResponseContract,
  Responses,
  StatusKey,
  UploadedFile,
} from './types/contract.js'
export type { HandlerOf, RequestOf, ResponseOf } from './types/handlers.js'
export type { FoundIssue, Issue, IssueCode, IssueDetails, Place } from './types/issue.js'
export type { JsonSchema, JsonType } from './types/json-schema.js'
export type { CheckOptions, MessageOf, Messages, UnknownKeys, ValidateOptions } from './types/options.js'
export type { InputOf, OutputOf, Schema } from './types/schema.js'
// Declarations of an application, or of a step, that is exported name them.
export type { KnowledgeOf } from './types/known.js'
export type { Endpoint, Prepared, Serves } from './types/served.js'
export type { Step } from './types/step.js'
export { validate } from './validate.js'
export type { Brownout } from './versions/brownouts.js'
export type { MountedRoutes } from './versions/mounted-routes.js'
export { deprecation, type PartLifecycle } from './versions/deprecation.js'
export type { Lifecycle, LifecycleLinks } from './versions/lifecycle.js'
export { versionOf } from './versions/chosen-version.js'
export type { VersionOutcome, VersionUsage, VersionUse } from './versions/usage.js'
export { type OneVersion, type VersionHandler, version, versions } from './versions/version.js'
export { VersionError, type VersionErrorCode } from './versions/version-error.js'
export type { VersionBy, VersionOptions, VersionsOptions } from './versions/version-options.js'
