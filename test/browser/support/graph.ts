/** Where a graph answers, and with whose token it is asked. */
export type Caller = { graphUrl: string; token: string | undefined };

/** What a graph answers. Throws where it complains. */
export const answerOf = async (
  { graphUrl, token }: Caller,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => {
  const response = await fetch(graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};
