import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema, execute, MaxIntrospectionDepthRule, parse, specifiedRules, validate } from 'graphql';

const schema = buildSchema('type Query { name: String } type Mutation { rename: String }');

type Asked = { query?: string | undefined };

const askedIn = async (request: IncomingMessage): Promise<Asked | Asked[]> => {
  if (request.method === 'GET') {
    return { query: new URL(request.url ?? '/', 'http://open').searchParams.get('query') ?? undefined };
  }
  const body = await text(request);
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? { query: new URLSearchParams(body).get('query') ?? undefined } : JSON.parse(body);
};

const rules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);

const outcomeOf = async (query: string) => {
  try {
    const document = parse(query);
    const errors = validate(schema, document, rules);
    return errors.length > 0 ? { errors } : await execute({ schema, document });
  } catch (error) {
    return { errors: [error as Error] };
  }
};

const answerTo = async ({ query = '' }: Asked) => {
  const { errors, ...answer } = await outcomeOf(query);
  const told = errors?.map(({ message, stack }) => ({ message, extensions: { exception: stack } }));
  return { ...answer, errors: told, extensions: { tracing: { version: 1 } } };
};

/** A GraphQL server that protects nothing: what every check of attacks has to find out about it. */
export const startOpenServer = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const server = createServer((request, response) => {
    void (async () => {
      if (request.headers.accept === 'text/html') {
        response.end('<title>GraphiQL</title>');
        return;
      }
      const asked = await askedIn(request);
      const answer = Array.isArray(asked) ? await Promise.all(asked.map(answerTo)) : await answerTo(asked);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
