import { parentPort } from 'node:worker_threads';
import type { FromThread } from './inspect-apart.ts';
import { inspectPdf } from './inspect-pdf.ts';

const tell = (what: FromThread): void => parentPort?.postMessage(what);

// What a parser says of the content of a paper is nobody's to log.
for (const say of ['debug', 'error', 'info', 'log', 'warn'] as const) console[say] = () => undefined;

parentPort?.on('message', (bytes: Uint8Array) => tell({ found: inspectPdf(Buffer.from(bytes)) }));
tell('LISTENS');
