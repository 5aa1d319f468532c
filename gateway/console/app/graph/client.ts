import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { OperationTypeNode } from 'graphql';
import { accessToken } from '../session/user-manager.ts';
import { possibleTypes } from './generated/possible-types.ts';
import { problemsOf } from './problems.ts';

const http = new HttpLink({ uri: '/graphql' });

const signed = new SetContextLink(async ({ headers }) => {
  const token = await accessToken();
  return { headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } };
});

/** Objects of which the key is not `id`, or that have none; parts of a student are whole by all that was asked of them. */
const typePolicies = {
  OrgUnit: { keyFields: ['code'] },
  // The same id says something else at another place or on another day.
  LawRule: { keyFields: false },
  LawParameter: { keyFields: false },
  Viewer: { keyFields: [] },
  IdentityDocument: { merge: true },
  StudentProfile: { merge: true },
} as const;

/**
 * The console's one way to the graph, for one session: everything by POST, so that no address holds what concerns a
 * child; in memory alone, so that nothing is left on the machine.
 */
export const createClient = (expire: () => void): ApolloClient =>
  new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: ApolloLink.from([
      new ErrorLink(({ error, operation }) => {
        // A stream ends with its token, which may have been renewed meanwhile.
        if (operation.operationType === OperationTypeNode.SUBSCRIPTION) return;
        if (problemsOf(error).some(({ code }) => code === 'UNAUTHENTICATED')) expire();
      }),
      signed,
      http,
    ]),
  });
