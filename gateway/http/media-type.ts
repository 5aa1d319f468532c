const json = 'application/json; charset=utf-8';
const graphql = 'application/graphql-response+json; charset=utf-8';

/** What callers write who take anything or one thing, and what the usual clients write. */
const plain: Readonly<Record<string, string>> = {
  '': json,
  '*/*': json,
  'application/json': json,
  'application/graphql-response+json': graphql,
  'application/graphql-response+json, application/json': graphql,
  'application/graphql-response+json,application/json;q=0.9': graphql,
};

/** The media type of an answer by the simplest of `accept` headers; undefined for others, which are to be negotiated. */
export const plainMediaType = (accept: string | undefined): string | undefined => plain[accept ?? ''];
