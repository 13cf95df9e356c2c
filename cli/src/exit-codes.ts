/** What a finished command tells the shell; scripts rely on these numbers, so they never change. */
export const ExitCode = {
  ok: 0,
  /** Something went wrong that is not below. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A program, service or setting that the command needs is missing. */
  missing: 3,
  /** The input was checked and refused; nothing was changed. */
  refused: 4,
  /** A plan or comparison found differences. */
  differences: 5,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
