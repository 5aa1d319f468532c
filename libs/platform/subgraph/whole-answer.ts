import type { ApolloServerPlugin } from '@apollo/server';

/**
 * Header by which a service says that its answer is whole: the JSON of an object with `data` alone, completed against its
 * schema, for the document and variables it was sent. A gateway that asked for nothing else may pass it on as it is.
 */
export const wholeAnswerHeader = 'x-whole-answer';

/** Sets the header on answers that are whole. */
export const wholeAnswer = <Context extends object>(): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { http, body } }) => {
      if (body.kind !== 'single' || (http.status ?? 200) !== 200) return;
      const { data, errors, extensions } = body.singleResult;
      if (data && !errors && !extensions) http.headers.set(wholeAnswerHeader, '1');
    },
  }),
});
