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

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallFailed('unusable', 'not JSON');
  }
};

/** Reads the answer of a subgraph; throws CallFailed where it is none of GraphQL: an object with data, errors or both. */
export const readAnswer = (bytes: Buffer): SubgraphAnswer => {
  const answer = parsed(bytes.toString('utf8'));
  if (isObject(answer)) {
    const { data, errors } = answer;
    if (isObject(data) && errors === undefined) return answer as SubgraphAnswer;
    const isNothing = data === undefined || data === null;
    if ((isNothing || isObject(data)) && Array.isArray(errors) && errors.every(isObject)) {
      if (!isNothing || errors.length > 0)
        return { ...answer, errors: errors.map(errorOf) } as unknown as SubgraphAnswer;
    }
  }
  throw new CallFailed('unusable', 'not an answer of GraphQL');
};

/** How the answer of a service begins that is nothing but data. */
const beginning = '{"data":{';

/** As `readAnswer`, but an answer that its subgraph says to be whole stays as it came. */
export const passAnswer = (bytes: Buffer, isWhole: boolean): SubgraphAnswer =>
  isWhole && bytes.toString('latin1', 0, beginning.length) === beginning ? { bytes } : readAnswer(bytes);
