/** What the server answers to a request. */
export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer };

const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  NoSuchKey: 404,
  NoSuchBucket: 404,
  NoSuchUpload: 404,
  InvalidRange: 416,
  NotImplemented: 501,
  ServiceUnavailable: 503,
};

/** An answer in XML. */
export const xml = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** A refusal under one of the codes of S3. */
export const refusal = (code: string): Answer =>
  xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`, statuses[code] ?? 400);
