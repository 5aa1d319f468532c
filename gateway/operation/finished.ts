import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { byteTextOf } from '../executor/byte-text.ts';
import type { Answer } from '../executor/plan.ts';
import { formattedOf, graphqlErrorOf, type Masking } from './masking.ts';

/** What goes to the caller: an HTTP status with headers, and the JSON of the answer. */
export type Finished = {
  status: number;
  headers: ReadonlyMap<string, string>;
  /** The errors in the answer, masked. */
  errors: readonly GraphQLFormattedError[];
  /** As bytes, where that is faster. */
  text: string | Buffer;
  /** The text is a ByteText. */
  isByteText?: boolean | undefined;
  /** Whether it was kept, or shared with another who asked the same. */
  cache?: string;
};

const noHeaders: ReadonlyMap<string, string> = new Map();
const noErrors: readonly GraphQLFormattedError[] = [];

/** What errors say of HTTP, as Apollo Server reads it from their extensions. */
type Http = { status?: number; headers?: ReadonlyMap<string, string> };

/** The status and headers that the errors ask for: of several the last. */
const httpOf = (
  errors: readonly GraphQLError[],
): { status: number | undefined; headers: Map<string, string> } => {
  const asked = errors.map(({ extensions }) => (extensions.http ?? {}) as Http);
  return {
    status: asked.findLast(({ status }) => status !== undefined)?.status,
    headers: new Map(asked.flatMap(({ headers = [] }) => [...headers])),
  };
};

/** An answer with errors, in the status that they ask for, or else in the usual one. */
const withErrors = (
  { data, extensions, isByteText }: Answer,
  errors: readonly unknown[],
  usual: number,
  masking: Masking,
  operationId: string,
): Finished => {
  const all = errors.map(graphqlErrorOf);
  const masked = all.map((error) => masking(formattedOf(error), error, operationId));
  const { status = usual, headers } = httpOf(all);
  return { status, headers, errors: masked, ...textOf({ errors: masked, data, extensions, isByteText }) };
};

/** The answer of an operation that was run, as Apollo Server would send it. */
export const finished = (answer: Answer, masking: Masking, operationId: string): Finished => {
  const { bytes, data, errors, extensions, isByteText } = answer;
  if (bytes) return { status: 200, headers: noHeaders, errors: noErrors, text: bytes };
  if (!errors || errors.length === 0) {
    return { status: 200, headers: noHeaders, errors: noErrors, ...textOf({ data, extensions, isByteText }) };
  }
  return withErrors(answer, errors, data === undefined ? 400 : 200, masking, operationId);
};

/** The answer of an operation that was not run, or broke. */
export const failed = (error: unknown, masking: Masking, operationId: string): Finished =>
  withErrors({}, [error], 500, masking, operationId);

type Told = Pick<Answer, 'data' | 'extensions' | 'isByteText'> & {
  errors?: readonly GraphQLFormattedError[];
};

/** The JSON of an answer: as its data are, ByteText or not. */
const textOf = ({ errors, data, extensions, isByteText }: Told): Pick<Finished, 'text' | 'isByteText'> => {
  if (!isByteText) return { text: `${JSON.stringify({ errors, data, extensions })}\n` };
  const parts = [
    errors && `"errors":${byteTextOf(JSON.stringify(errors))}`,
    data !== undefined && `"data":${JSON.stringify(data)}`,
    extensions && `"extensions":${byteTextOf(JSON.stringify(extensions))}`,
  ];
  return { text: `{${parts.filter(Boolean).join(',')}}\n`, isByteText };
};
