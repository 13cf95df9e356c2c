import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** The bank understood the request and said no; nothing was changed. */
export class ApiRefusal extends CliError {
  readonly status: number;
  /** Fineract's code of the first inner error, for programs to tell refusals apart. */
  readonly code: string | undefined;
  /** Every inner error. */
  readonly problems: readonly ApiProblem[];

  constructor(
    status: number,
    code: string | undefined,
    message: string,
    problems: readonly ApiProblem[] = [],
  ) {
    super(message, ExitCode.refused);
    this.name = 'ApiRefusal';
    this.status = status;
    this.code = code;
    this.problems = problems;
  }
}

export interface ApiProblem {
  /** Which field, such as `rows[12].amount`. */
  readonly parameter: string;
  readonly message: string;
}

interface ErrorBody {
  readonly defaultUserMessage?: string;
  readonly userMessageGlobalisationCode?: string;
  readonly errors?: readonly {
    readonly defaultUserMessage?: string;
    readonly parameterName?: string;
    readonly userMessageGlobalisationCode?: string;
  }[];
}

const REASONS_SHOWN_MAX = 5;

/** Turns an error answer into one sentence: every inner reason, or the outer one, or the status alone. */
export function toRefusal(status: number, bodyText: string, what: string): ApiRefusal {
  const body = parse(bodyText);
  const inner = body?.errors ?? [];
  const reasons = inner
    .map(({ defaultUserMessage }) => defaultUserMessage)
    .filter((text): text is string => Boolean(text));
  const shown = reasons.length > 0 ? reasons : [body?.defaultUserMessage ?? standardReason(status)];
  const more =
    shown.length > REASONS_SHOWN_MAX ? ` (and ${shown.length - REASONS_SHOWN_MAX} more reasons)` : '';
  const code = inner[0]?.userMessageGlobalisationCode ?? body?.userMessageGlobalisationCode;
  return new ApiRefusal(
    status,
    code,
    `${what}: ${shown.slice(0, REASONS_SHOWN_MAX).join(' ')}${more} (HTTP ${status}${code ? `, ${code}` : ''})`,
    inner.map(({ parameterName = '', defaultUserMessage = '' }) => ({
      parameter: parameterName,
      message: defaultUserMessage,
    })),
  );
}

function parse(text: string): ErrorBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as ErrorBody | null) : null;
  } catch {
    return null;
  }
}

function standardReason(status: number): string {
  if (status === 401) return 'The bank did not accept the user name and password, or the token.';
  if (status === 404) return 'The bank has no such operation or record.';
  if (status === 405) return 'This instance does not take writes; use the address of a write instance.';
  if (status === 413) return 'The request is larger than the bank accepts.';
  return 'The bank gave no reason.';
}
