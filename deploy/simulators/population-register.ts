import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the stand-in for the national population register behaves. Shares are of a thousand. */
export type RegisterBehaviour = {
  /** Names that the register writes otherwise. */
  mismatchPerThousand: number;
  /** Numbers that it does not know. */
  absentPerThousand: number;
  /** Milliseconds before an answer. */
  latency: number;
};

export type RegisterSimulator = {
  url: string;
  /** Persons who disagree, by ID number, whatever the shares say. */
  disagreeAbout(idNumber: string): void;
  /** The register was corrected: it knows this number as it is asked about. */
  agreeAbout(idNumber: string): void;
  /** From now on the register answers 503, or answers again. */
  setOutage(outage: boolean): void;
  requests(): number;
  close(): Promise<void>;
};

type Item = { ref: string; idNumber: string; name: string; birthDate: string };

const lot = (idNumber: string): number =>
  createHash('sha256').update('population register').update(idNumber).digest().readUInt32BE(0) % 1000;

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

/**
 * Starts a stand-in for the population register on loopback. It knows everybody whose number is well formed,
 * disagrees about a fixed share chosen by the number itself, and keeps nothing.
 */
export const startRegisterSimulator = async (behaviour: RegisterBehaviour): Promise<RegisterSimulator> => {
  const disagreements = new Set<string>();
  let outage = false;
  let requests = 0;

  const judge = (item: Item): 'PASS' | 'FAIL' | 'ABSENT' => {
    if (disagreements.has(item.idNumber)) return 'FAIL';
    if (item.idNumber.slice(6, 14) !== item.birthDate.replaceAll('-', '')) return 'FAIL';
    const drawn = lot(item.idNumber);
    if (drawn < behaviour.mismatchPerThousand) return 'FAIL';
    return drawn < behaviour.mismatchPerThousand + behaviour.absentPerThousand ? 'ABSENT' : 'PASS';
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests++;
    if (behaviour.latency > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.latency));
    if (outage) {
      response.writeHead(503).end();
      return;
    }
    const { items } = (await readJson(request)) as { items: Item[] };
    const body = JSON.stringify({ items: items.map((item) => ({ ref: item.ref, result: judge(item) })) });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    disagreeAbout: (idNumber) => void disagreements.add(idNumber),
    agreeAbout: (idNumber) => void disagreements.delete(idNumber),
    setOutage: (value) => {
      outage = value;
    },
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
