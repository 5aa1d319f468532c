import type { FileProblemCode } from '../../problems.ts';

/** Why a document is not taken in, found somewhere deep in it. */
export class PdfRefused extends Error {
  readonly code: FileProblemCode;

  constructor(code: FileProblemCode) {
    super(code);
    this.name = 'PdfRefused';
    this.code = code;
  }
}

/** A document that is not what readers agree on. */
export const notReadable = (): PdfRefused => new PdfRefused('PDF_NOT_READABLE');
