/** What a command has of the world around it. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** To the standard output, as it is. */
  print(text: string): void;
  /** To the standard error, as a line. */
  complain(text: string): void;
}

/** One word after `dynamo`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** @throws UsageError, CommandFailedError */
  run(parameters: readonly string[], terminal: Terminal): Promise<void>;
}
