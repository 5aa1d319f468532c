import { readByteText } from '../executor/byte-text.ts';
import type { SourceAnswer } from '../executor/plan.ts';
import { CallFailed } from './call-failed.ts';

export type SubgraphAnswer = SourceAnswer;

type Facts = Record<string, unknown>;

const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPath = (path: unknown): boolean =>
  Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');

/**
 * An error in the form that GraphQL gives it: what a subgraph tells in another form is left out, and so is what would set
 * the status and the headers of the gateway's own answer (`http`).
 */
const errorOf = ({ message, path, extensions }: Facts): Facts => {
  const { http, ...facts } = isObject(extensions) ? extensions : {};
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) ? { path } : {}),
    extensions: facts,
  };
};

const parsed = (bytes: Buffer, read: (bytes: Buffer) => unknown): unknown => {
  try {
    return read(bytes);
  } catch {
    throw new CallFailed('unusable', 'not JSON');
  }
};

const isOnlyData = (answer: unknown): answer is SubgraphAnswer =>
  isObject(answer) && isObject(answer.data) && answer.errors === undefined;

/** Reads the answer of a subgraph; throws CallFailed where it is none of GraphQL: an object with data, errors or both. */
export const readAnswer = (bytes: Buffer): SubgraphAnswer => {
  const answer = parsed(bytes, (json) => JSON.parse(json.toString('utf8')));
  if (isOnlyData(answer)) return answer;
  if (isObject(answer)) {
    const { data, errors } = answer;
    const isNothing = data === undefined || data === null;
    if ((isNothing || isObject(data)) && Array.isArray(errors) && errors.every(isObject)) {
      if (!isNothing || errors.length > 0)
        return { ...answer, errors: errors.map(errorOf) } as unknown as SubgraphAnswer;
    }
  }
  throw new CallFailed('unusable', 'not an answer of GraphQL');
};

/** As `readAnswer`, with the texts of the data as ByteText. */
export const readAnswerInByteText = (bytes: Buffer): SubgraphAnswer => {
  const answer = parsed(bytes, readByteText);
  if (isOnlyData(answer)) return answer;
  const read = readAnswer(bytes);
  return { ...read, data: (answer as SubgraphAnswer).data };
};

/** How the answer of a service begins that is nothing but data. */
const beginning = '{"data":{';

/** As `readAnswer`, but an answer that its subgraph says to be whole stays as it came. */
export const passAnswer = (bytes: Buffer, isWhole: boolean): SubgraphAnswer =>
  isWhole && bytes.toString('latin1', 0, beginning.length) === beginning ? { bytes } : readAnswer(bytes);
