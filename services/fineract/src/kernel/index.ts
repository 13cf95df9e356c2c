/** The kernel's door for domains. */
export { recordChange } from './audit.ts';
export { hashPassword, verifyPassword } from './authentication/index.ts';
export { readBusinessDates } from './business-date.ts';
export { applyChanges } from './changes.ts';
export { refuseInUse, refuseTaken } from './collisions.ts';
export {
  type AnyCommand,
  type AnyQuery,
  type Command,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  command,
  type Domain,
  pathId,
  type QueryContext,
  type QueryInput,
  query,
  type RouteInput,
  Scoped,
  Stream,
} from './domain.ts';
export {
  ApiError,
  dataIntegrity,
  domainRule,
  invalidField,
  notAuthorized,
  notFound,
  type ParameterError,
  parameterError,
  unsupportedQueryValue,
  validationFailed,
} from './errors.ts';
export { type BodySchema, body, type Fields, f } from './fields/index.ts';
export {
  beat,
  idRanges,
  isCronExpression,
  type Job,
  type JobContext,
  nextCronTime,
  retire,
  runsWithWork,
  singleStepJob,
  startRun,
} from './jobs/index.ts';
export type { OutboxConsumer, OutboxEvent } from './outbox/index.ts';
export { type Page, pageOf, readPaging } from './paging.ts';
export { queryBoolean, queryDate, queryInteger, queryPattern } from './query-values.ts';
export type { PasswordHandOver } from './resources.ts';
export { dateParts, type EnumOption, enumOption, withoutNulls } from './response.ts';
export type { Tenant, Tenants } from './tenants.ts';
export {
  type AuthenticatedUser,
  mayDo,
  maySeeOffice,
  requireOfficeScope,
} from './user.ts';
