import { GraphQLError, type ValidationRule } from 'graphql';

const later = new Set(['defer', 'stream']);

/** Refuses documents that want parts of an answer later: no executor here sends any. */
export const wholeAnswers: ValidationRule = (context) => ({
  Directive: (node) => {
    if (!later.has(node.name.value)) return;
    const message =
      '不支持 @defer 与 @stream：答复一次给出。 @defer and @stream are not served: an answer comes whole.';
    context.reportError(new GraphQLError(message, { nodes: node }));
  },
});
