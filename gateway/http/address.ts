import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * From where a request comes: the other end of its connection or, where so many trusted proxies stand in front of the
 * gateway, what the outermost of them saw. What a caller writes into the header itself lies further left and is not
 * believed.
 */
export const addressOf = ({ headers, socket }: IncomingMessage, proxies: number): string => {
  const own = socket.remoteAddress ?? 'unknown';
  const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = [...said.map((text) => text.trim()), own].at(-1 - proxies) ?? own;
  return isIP(seen) === 0 ? own : seen;
};

/** The header by which services learn from where a caller asks. */
export const addressHeader = (request: IncomingMessage, proxies: number): { 'x-caller-address': string } => ({
  'x-caller-address': addressOf(request, proxies),
});
