import { Pool } from 'undici';
import type { GatewayConfig } from '../config.ts';

/** The services behind the addresses of files: what each keeps or makes. */
export type FileServices = {
  files: Pool;
  certificates: Pool;
  tickets: Pool;
  figures: Pool;
  close(): Promise<void>;
};

type Settings = Pick<GatewayConfig, 'FILES_URL' | 'SUBGRAPH_URLS'>;

export const createFileServices = ({ FILES_URL, SUBGRAPH_URLS }: Settings): FileServices => {
  const poolOf = (url: string, connections: number): Pool =>
    new Pool(new URL(url).origin, { connections, bodyTimeout: 60_000 });
  const files = poolOf(FILES_URL, 64);
  const certificates = poolOf(SUBGRAPH_URLS.certificate ?? FILES_URL, 16);
  const tickets = poolOf(SUBGRAPH_URLS['complaint-ticket'] ?? FILES_URL, 16);
  const figures = poolOf(SUBGRAPH_URLS.statistics ?? FILES_URL, 8);
  const close = async (): Promise<void> => {
    await Promise.all([files.close(), certificates.close(), tickets.close(), figures.close()]);
  };
  return { files, certificates, tickets, figures, close };
};
