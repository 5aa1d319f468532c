import { z } from 'zod';
import { PaperHolder } from '#libs/contracts/commands/paper-access.ts';
import { Instant, Place, Uuid } from '#libs/contracts/ids.ts';
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

/** The same for a proof in a student's archive, or an electronic certificate; whose it is takes the place of where it belongs. */
const ProofReader = Bearer.omit({ place: true }).extend({ person: Uuid });

/** The same for a slip, which belongs to two places: the rows say who may read it. */
const SlipReader = Bearer.omit({ place: true });

/** The same for what lies with a ticket. */
const AttachmentReader = Bearer.omit({ place: true }).extend({ ticket: Uuid });

const bearers = {
  upload: Bearer,
  report: Bearer,
  paper: Bearer,
  export: Bearer,
  proof: ProofReader.extend({ holder: PaperHolder.optional() }),
  form: ProofReader,
  formPage: ProofReader,
  slip: SlipReader,
  attachment: AttachmentReader,
};

export type LinkKind = keyof typeof bearers;
type BearerOf<Kind extends LinkKind> = z.infer<(typeof bearers)[Kind]>;

const contextOf = (kind: LinkKind, id: string): string => `link ${kind} ${id}`;

/**
 * The token of a short-lived address: sealed, not only signed, because a subject may be telling and addresses are
 * written down on their way. Good for one kind and one id.
 */
export const linkToken = <Kind extends LinkKind>(
  sealing: Sealing,
  kind: Kind,
  id: string,
  bearer: BearerOf<Kind>,
): string => sealing.seal(JSON.stringify(bearer), contextOf(kind, id)).toString('base64url');

/** Whom an address was given to; throws FileRefused with LINK_INVALID or, at and after its end, LINK_EXPIRED. */
export const openLink = <Kind extends LinkKind>(
  sealing: Sealing,
  kind: Kind,
  id: string,
  token: string | null,
  now: string,
): BearerOf<Kind> => {
  const bearer = bearerOf(sealing, kind, id, token ?? '');
  if (bearer === undefined) throw new FileRefused('LINK_INVALID');
  if (Date.parse(now) >= Date.parse(bearer.expiresAt)) throw new FileRefused('LINK_EXPIRED');
  return bearer;
};

const bearerOf = <Kind extends LinkKind>(
  sealing: Sealing,
  kind: Kind,
  id: string,
  token: string,
): BearerOf<Kind> | undefined => {
  try {
    const said: unknown = JSON.parse(sealing.open(Buffer.from(token, 'base64url'), contextOf(kind, id)));
    return bearers[kind].parse(said) as BearerOf<Kind>;
  } catch {
    return undefined;
  }
};
