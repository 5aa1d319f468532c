import { execFile } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { pdfOf } from '#test/support/files/pdf-bytes.ts';
import { inspectPdfApart } from './inspect-apart.ts';

/** A document of so many small numbers, each of which becomes an object of the parser. */
const numbers = (count: number): Buffer => pdfOf({ more: [{ number: 5, body: `[${'1 '.repeat(count)}]` }] });

describe('a document that is looked into apart', () => {
  it('is judged as in place', async () => {
    expect(await inspectPdfApart(pdfOf())).toBeUndefined();
    expect(await inspectPdfApart(pdfOf({ catalog: '/AA << >>' }))).toBe('PDF_ACTIVE');
  });

  it('is refused when it needs more time than it gets', async () => {
    expect(await inspectPdfApart(numbers(1_000_000), { milliseconds: 1, megabytes: 512 })).toBe(
      'PDF_NOT_READABLE',
    );
  });

  it('is refused when it needs more memory than it gets, and the process goes on', async () => {
    expect(await inspectPdfApart(numbers(3_000_000), { milliseconds: 60_000, megabytes: 32 })).toBe(
      'PDF_NOT_READABLE',
    );
    expect(await inspectPdfApart(pdfOf())).toBeUndefined();
  });

  it('holds nobody else up', async () => {
    const first = await Promise.race([
      inspectPdfApart(numbers(200_000)).then(() => 'the paper'),
      setImmediate('others'),
    ]);
    expect(first).toBe('others');
  });

  it('waits for its turn where many come at once', async () => {
    const found = await Promise.all(Array.from({ length: 6 }, () => inspectPdfApart(pdfOf())));
    expect(found).toEqual(Array.from({ length: 6 }));
  });

  it('leaves a process free to end', async () => {
    const source = `import('${new URL('./inspect-apart.ts', import.meta.url)}').then(async ({ inspectPdfApart }) =>
      process.stdout.write(String(await inspectPdfApart(Buffer.from('no paper')))));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--eval', source],
      { timeout: 15_000 },
    );
    expect(stdout).toBe('FILE_CUT_OFF');
  });
});
