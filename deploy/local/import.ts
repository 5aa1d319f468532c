import { runImport } from '#deploy/local/import/command.ts';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { parseImportOptions } from '#deploy/local/import/options.ts';

try {
  process.exitCode = await runImport(parseImportOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ImportFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
