import { SCOPES } from '#deploy/demo/identities.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Registry } from '#test/support/registry.ts';

/** The answers of a subscription one after another, until it is complete. */
export async function* followLive<Seen>(
  registry: Registry,
  who: Desk,
  query: string,
  variables: Record<string, unknown>,
): AsyncGenerator<Seen, undefined, undefined> {
  const token = await registry.network.tokenFor({ scope: Object.values(SCOPES).join(' '), ...who });
  const response = await fetch(`${registry.gatewayUrl}/graphql/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  let text = '';
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const data = event
        .split('\n')
        .find((line) => line.startsWith('data:'))
        ?.slice('data:'.length)
        .trim();
      if (event.includes('event: next') && data) yield JSON.parse(data);
    }
  }
  return undefined;
}
