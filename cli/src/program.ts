import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import {
  type CommandEntry,
  type CommandModule,
  type CommandOption,
  type CommandResult,
  talk,
} from './command.ts';
import { commands, groups } from './commands/index.ts';
import { ExitCode } from './exit-codes.ts';

/**
 * Runs one command line and returns its exit code. Every failure ends as one sentence on standard error; only a defect
 * of ours shows its stack.
 */
export async function runProgram(words: string[]): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  try {
    const program = await buildProgram(words, (code) => {
      exitCode = code;
    });
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (error instanceof CliError) {
    talk(error.message);
    return error.exitCode;
  }
  talk(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return ExitCode.failed;
}

/** Knows all commands by name, but loads only the one that the words call. */
async function buildProgram(words: string[], finish: (code: ExitCode) => void): Promise<Command> {
  const program = new Command('fineract-gitops')
    .description('A core bank for Apache Fineract’s users, and the platform that deploys it')
    .exitOverride()
    .showHelpAfterError('(see --help)');
  const called = findCalled(words);
  for (const entry of commands) {
    const command = addCommand(program, entry);
    if (entry === called) configure(command, (await entry.load()).command, finish);
  }
  return program;
}

function findCalled(words: string[]): CommandEntry | undefined {
  const names = words[0] === 'help' ? words.slice(1) : words;
  const typed = `${names.filter((word) => !word.startsWith('-')).join(' ')} `;
  return commands.find(({ path }) => typed.startsWith(`${path} `));
}

/** Makes the command under its noun, and the noun at its first verb. */
function addCommand(program: Command, { path, summary }: CommandEntry): Command {
  const words = path.split(' ');
  const verb = words.pop()!;
  let parent = program;
  for (const noun of words) {
    const group = parent.commands.find((command) => command.name() === noun);
    parent = group ?? parent.command(noun).description(groups[noun] ?? '');
  }
  return parent.command(verb).summary(summary).description(summary);
}

function configure(command: Command, module: CommandModule, finish: (code: ExitCode) => void): void {
  if (module.description) command.description(`${command.summary()}\n\n${module.description}`);
  for (const [name, text] of module.arguments ?? []) command.argument(name, text);
  for (const option of module.options ?? []) command.addOption(toOption(option));
  command.option('--json', 'print the result as JSON', false);
  command.action(async () => {
    const result = await module.run({ args: command.args, options: command.opts() });
    if (result) print(result, command.opts<{ json: boolean }>().json);
    finish(result?.exitCode ?? ExitCode.ok);
  });
}

function toOption({ flags, text, value, choices, parse }: CommandOption): Option {
  const option = new Option(flags, text);
  if (choices) option.choices(choices);
  if (value !== undefined) option.default(value);
  if (parse) {
    option.argParser((given) => {
      try {
        return parse(given);
      } catch (error) {
        throw error instanceof CliError ? new InvalidArgumentError(error.message) : error;
      }
    });
  }
  return option;
}

function print(result: CommandResult, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(result.data, null, 2)}\n` : `${result.text}\n`);
}
