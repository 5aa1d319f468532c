import { GraphQLError } from 'graphql';
import { placesAt } from './places.ts';
import type { Data, FetchNode, ResponsePath, SourceAnswer } from './plan.ts';

type SourceError = NonNullable<SourceAnswer['errors']>[number];
type Path = readonly (string | number)[];

/** The place in the whole answer of an error that a subgraph tells by the path of its own answer. */
const placing = (fetch: FetchNode, path: ResponsePath, fetched: Data) => {
  let places: Path[] | undefined;
  return (told: Path | undefined): Path | undefined => {
    if (!fetch.requires || typeof told?.[1] !== 'number')
      return told ? [...path, ...told.slice()] : undefined;
    places ??= placesAt(fetched, path);
    return [...(places[told[1]] ?? []), ...told.slice(2)];
  };
};

/** The errors of a subgraph as errors of the operation: with its name, a code and their places. */
export const errorsOf = (
  errors: readonly SourceError[],
  fetch: FetchNode,
  path: ResponsePath,
  fetched: Data,
): GraphQLError[] => {
  const place = placing(fetch, path, fetched);
  return errors.map((error) => {
    const { message, extensions } = error;
    return new GraphQLError(message || `Error while fetching from ${fetch.serviceName}`, {
      originalError: error as GraphQLError,
      path: place(error.path),
      extensions: {
        ...extensions,
        serviceName: fetch.serviceName,
        code: extensions?.code || 'DOWNSTREAM_SERVICE_ERROR',
      },
    });
  });
};
