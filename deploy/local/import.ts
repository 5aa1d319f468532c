import { runCommand } from '#deploy/local/command.ts';
import { runImport } from '#deploy/local/import/command.ts';
import { parseImportOptions } from '#deploy/local/import/options.ts';

await runCommand(() => runImport(parseImportOptions(process.argv.slice(2))));
