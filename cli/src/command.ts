import type { ExitCode } from './exit-codes.ts';

/** An option as people read it in `--help`, for example `{ flags: '--port <number>', text: '…', value: 8080 }`. */
export interface CommandOption {
  flags: string;
  text: string;
  /** Default. */
  value?: string | number | boolean;
  /** The values it may have. */
  choices?: readonly string[];
  /** Turns the text into the value; throws CliError with a sentence when it cannot. */
  parse?: (text: string) => unknown;
}

export interface CommandInput<Options extends object> {
  args: string[];
  /** Option values by camel-cased name; `json` is set when the caller wants JSON. */
  options: Options & { json: boolean };
}

/** What a command found or did: printed to standard output as text, or as JSON with `--json`. */
export interface CommandResult {
  data: object;
  text: string;
  exitCode?: ExitCode;
}

/**
 * The shape of every file under `commands/`: it exports one of these as `command`. Results are returned, talk goes to
 * standard error (`talk`), failures are thrown as CliError.
 */
export interface CommandModule<Options extends object = object> {
  /** Shown by `--help` below the summary. */
  description?: string;
  /** For example `['<directory>', 'where the YAML is']`; `[file]` is optional, `<files...>` takes several. */
  arguments?: readonly (readonly [name: string, text: string])[];
  options?: readonly CommandOption[];
  run(input: CommandInput<Options>): Promise<CommandResult | undefined>;
}

/** One line of `commands/index.ts`; the module is loaded only when its command is called. */
export interface CommandEntry {
  /** The words after `fineract-gitops`, for example `config apply`. */
  path: string;
  summary: string;
  load(): Promise<{ command: CommandModule }>;
}

/** Says something to the person, on standard error. */
export function talk(text: string): void {
  process.stderr.write(`${text}\n`);
}
