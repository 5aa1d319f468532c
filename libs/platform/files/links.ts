import { z } from 'zod';
import { Instant, Place } from '#libs/contracts/ids.ts';
import type { Sealing } from '../crypto/sealing.ts';
import { FileRefused } from './problems.ts';

const Bearer = z.object({
  subject: z.string(),
  unit: z.string().optional(),
  place: Place,
  expiresAt: Instant,
});

/** Whom a short-lived address was given to, where in the tree the file belongs, and until when it is good. */
export type LinkBearer = z.infer<typeof Bearer>;

export type LinkKind = 'upload' | 'report';

const contextOf = (kind: LinkKind, id: string): string => `link ${kind} ${id}`;

/**
 * The token of a short-lived address: sealed, not only signed, because a subject may be telling and addresses are
 * written down on their way. Good for one kind and one id.
 */
export const linkToken = (sealing: Sealing, kind: LinkKind, id: string, bearer: LinkBearer): string =>
  sealing.seal(JSON.stringify(bearer), contextOf(kind, id)).toString('base64url');

/** Whom an address was given to; throws FileRefused with LINK_INVALID or, at and after its end, LINK_EXPIRED. */
export const openLink = (
  sealing: Sealing,
  kind: LinkKind,
  id: string,
  token: string | null,
  now: string,
): LinkBearer => {
  const bearer = bearerOf(sealing, contextOf(kind, id), token ?? '');
  if (bearer === undefined) throw new FileRefused('LINK_INVALID');
  if (Date.parse(now) >= Date.parse(bearer.expiresAt)) throw new FileRefused('LINK_EXPIRED');
  return bearer;
};

const bearerOf = (sealing: Sealing, context: string, token: string): LinkBearer | undefined => {
  try {
    return Bearer.parse(JSON.parse(sealing.open(Buffer.from(token, 'base64url'), context)));
  } catch {
    return undefined;
  }
};
