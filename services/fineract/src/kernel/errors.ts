/**
 * Refusals, in the shape that Apache Fineract's clients read. A refusal is an expected answer with a code; anything else
 * that is thrown is a bug and answers 500 without detail.
 */
export interface ErrorArgument {
  readonly value: unknown;
}

/** One problem inside an error body. */
export interface ParameterError {
  readonly developerMessage: string;
  readonly defaultUserMessage: string;
  readonly userMessageGlobalisationCode: string;
  readonly parameterName: string;
  readonly value?: unknown;
  readonly args: readonly ErrorArgument[];
}

/** The outer body of every error. `httpStatusCode` is text, as Fineract sends it. */
export interface ErrorBody {
  readonly developerMessage: string;
  readonly httpStatusCode: string;
  readonly defaultUserMessage: string;
  readonly userMessageGlobalisationCode: string;
  readonly errors?: readonly ParameterError[];
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ParameterError[] | undefined;

  constructor(status: number, code: string, message: string, errors?: readonly ParameterError[]) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  body(): ErrorBody {
    return {
      developerMessage: this.message,
      httpStatusCode: String(this.status),
      defaultUserMessage: this.message,
      userMessageGlobalisationCode: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** One problem of a request, by its exact Fineract code. */
export function parameterError(
  code: string,
  parameterName: string,
  message: string,
  value?: unknown,
  args: readonly unknown[] = [],
): ParameterError {
  return {
    developerMessage: message,
    defaultUserMessage: message,
    userMessageGlobalisationCode: code,
    parameterName,
    ...(value === undefined ? {} : { value }),
    args: args.map((each) => ({ value: each })),
  };
}

/** 400: the request itself is wrong; all its problems together. */
export function validationFailed(errors: readonly ParameterError[]): ApiError {
  return new ApiError(
    400,
    'validation.msg.validation.errors.exist',
    'The request is not valid: see errors.',
    errors,
  );
}

/** 400 for one field: `validation.msg.<resource>.<parameter>.<rule>`. */
export function invalidField(
  resource: string,
  parameter: string,
  rule: string,
  message: string,
  value?: unknown,
): ApiError {
  return validationFailed([
    parameterError(`validation.msg.${resource}.${parameter}.${rule}`, parameter, message, value),
  ]);
}

/** 400: an unknown `?command=` or other query value. */
export function unsupportedQueryValue(parameter: string, value: string): ApiError {
  return validationFailed([
    parameterError(
      'error.msg.query.parameter.value.unsupported',
      parameter,
      `The value of the query parameter ${parameter} is not supported.`,
      undefined,
      [value],
    ),
  ]);
}

/** 401: who asks is unknown. */
export function notAuthenticated(): ApiError {
  return new ApiError(401, 'error.msg.not.authenticated', 'Unauthenticated. Log in with valid credentials.');
}

/** 403: who asks is known and may not. */
export function notAuthorized(what: string): ApiError {
  const message = `User has no authority to: ${what}`;
  return new ApiError(403, 'error.msg.not.authorized', 'Insufficient privileges to perform this action.', [
    parameterError('error.msg.not.authorized', 'id', message),
  ]);
}

/** 403: understood, but a rule of the domain forbids it; the specific code is in the inner error. */
export function domainRule(code: string, message: string, ...args: unknown[]): ApiError {
  return new ApiError(
    403,
    'validation.msg.domain.rule.violation',
    'The request breaks a domain rule: see errors.',
    [parameterError(code, 'id', message, undefined, args)],
  );
}

/** 403: it would collide with stored data (a name or external id that is taken). */
export function dataIntegrity(
  code: string,
  parameter: string,
  message: string,
  ...args: unknown[]
): ApiError {
  return new ApiError(403, code, message, [parameterError(code, parameter, message, undefined, args)]);
}

/** 404: `error.msg.<entity>.id.invalid` unless Fineract names another code. */
export function notFound(entity: string, id: unknown, code = `error.msg.${entity}.id.invalid`): ApiError {
  const message = `There is no ${entity.replaceAll('.', ' ')} with identifier ${String(id)}.`;
  return new ApiError(404, 'error.msg.resource.not.found', 'The requested resource is not available.', [
    parameterError(code, 'id', message, undefined, [id]),
  ]);
}

/** 409: somebody else changed it at the same moment; the caller may try again. */
export function conflict(type: string): ApiError {
  return new ApiError(
    409,
    `error.msg.platform.service.${type}.conflict`,
    'Another request changed the same data at the same moment. Try again.',
  );
}

/** 503: a part that is needed does not answer; the caller may try again. */
export function unavailable(message: string): ApiError {
  return new ApiError(503, 'error.msg.platform.service.unavailable', message, [
    parameterError('error.msg.platform.service.unavailable', 'id', message),
  ]);
}
