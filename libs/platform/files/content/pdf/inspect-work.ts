import { parentPort } from 'node:worker_threads';
import type { FromThread } from './inspect-apart.ts';
import { inspectPdf } from './inspect-pdf.ts';

const tell = (what: FromThread): void => parentPort?.postMessage(what);

parentPort?.on('message', (bytes: Uint8Array) => tell({ found: inspectPdf(Buffer.from(bytes)) }));
tell('LISTENS');
