import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** @throws CliError unless the text is a whole number above zero */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CliError(`${text} is not a whole number above zero.`, ExitCode.usage);
  return Number(text);
}
