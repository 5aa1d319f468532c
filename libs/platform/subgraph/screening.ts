import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError, visit } from 'graphql';
import { type AppError, badInput, outOfJurisdiction, unauthenticated } from '../errors/errors.ts';
import { isGranted } from '../permissions/table.ts';
import type { RequestContext } from '../service/context.ts';
import { textProblems } from './plain-text.ts';

/** Fields that show the schema itself. */
const schemaFields: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);

const readsSchema = (document: DocumentNode): boolean => {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      if (schemaFields.has(name.value)) found = true;
    },
  });
  return found;
};

/** The request is at fault, whatever the code says. */
const refusing = (originalError: AppError): GraphQLError => {
  const error = new GraphQLError(originalError.message, { originalError });
  Object.assign(error.extensions, { http: { status: 400, headers: new HeaderMap() } });
  return error;
};

/**
 * What is looked at before any resolver runs: texts that cannot be stored, and whether the caller may see the schema
 * (those who run the registry; the gateway composes from files and asks nobody).
 */
export const screening = <Context extends RequestContext>(): ApolloServerPlugin<Context> => {
  const known = new WeakMap<DocumentNode, boolean>();
  const showsSchema = (document: DocumentNode): boolean => {
    const shows = known.get(document) ?? readsSchema(document);
    known.set(document, shows);
    return shows;
  };
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ source, document, request, contextValue }) => {
        const problems = textProblems(source, document, request.variables ?? {});
        if (problems.length > 0) throw refusing(badInput(problems));
        if (!showsSchema(document)) return;
        const { actor } = contextValue;
        if (actor === null) throw refusing(unauthenticated());
        if (!isGranted(actor, 'operations.read')) throw refusing(outOfJurisdiction());
      },
    }),
  };
};
