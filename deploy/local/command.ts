import { Failure, Help } from '#deploy/local/failure.ts';

/**
 * Runs the work of a command and sets the exit code that it resolves with. Help goes to standard output with code 0,
 * a `Failure` to standard error with code 1; any other error is thrown on.
 */
export async function runCommand(work: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof Help) {
      process.stdout.write(`${error.message}\n`);
      process.exitCode = 0;
    } else if (error instanceof Failure) {
      process.stderr.write(`\n${error.message}\n\n`);
      process.exitCode = 1;
    } else throw error;
  }
}
