import { Failure } from '#deploy/local/failure.ts';

/** What an address has to look like. */
interface Shape {
  protocols: readonly string[];
  example: string;
}

const shapes = {
  postgres: {
    protocols: ['postgresql:', 'postgres:'],
    example: 'postgresql://user:password@host:5432/database',
  },
  nats: { protocols: ['nats:', 'tls:'], example: 'nats://user:password@host:4222' },
} as const satisfies Record<string, Shape>;

/**
 * Reads the address of a server. Throws `Failure` that names where it was given and never repeats it: it may hold a
 * password.
 * @param name the variable or option that gave it
 */
export function serverAddress(server: keyof typeof shapes, name: string, text: string): URL {
  const { protocols, example }: Shape = shapes[server];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && protocols.includes(url.protocol) && url.hostname !== '') return url;
  throw new Failure(`${name} is no address of a server: it looks like ${example}`);
}

/** Why a connection failed: the text of the error, or its code where it has none. */
export function whyNot(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: unknown[] };
  if (message) return message;
  return errors?.[0] === undefined ? (code ?? 'no answer') : whyNot(errors[0]);
}
