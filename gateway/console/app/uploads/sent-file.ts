import type { ApolloClient } from '@apollo/client';
import type { Finding } from '../findings/finding-list.tsx';
import { CompleteUploadDocument } from './generated/complete-upload.ts';
import { RequestUploadDocument, type RequestUploadMutationVariables } from './generated/request-upload.ts';

type Announced = Pick<RequestUploadMutationVariables['input'], 'school' | 'purpose'>;

/** What came of sending a file: its id where it was taken, otherwise why not. */
export type Sent = {
  upload: string | undefined;
  findings: readonly Finding[];
  problem: { message: string; messageEn: string } | null;
};

/** SHA-256 of a file, in hexadecimal signs. */
export const digestOf = async (bytes: ArrayBuffer): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Announces a file, sends its bytes, and has them checked; throws where the graph or the way to it fails. */
export const sendFile = async (client: ApolloClient, file: File, announced: Announced): Promise<Sent> => {
  const bytes = await file.arrayBuffer();
  const { data } = await client.mutate({
    mutation: RequestUploadDocument,
    variables: {
      input: {
        ...{
          idempotencyKey: crypto.randomUUID(),
          name: file.name,
          mediaType: file.type || 'text/csv',
          size: file.size,
        },
        ...{ sha256: await digestOf(bytes), ...announced },
      },
    },
  });
  const { upload, findings = [] } = data?.requestUpload ?? {};
  if (!upload) return { upload: undefined, findings, problem: null };
  const { pathname, search } = new URL(upload.url, location.origin);
  await fetch(`${pathname}${search}`, { method: 'PUT', body: bytes });
  const { data: checked } = await client.mutate({
    mutation: CompleteUploadDocument,
    variables: { input: { upload: upload.id } },
  });
  const complete = checked?.completeUpload;
  const isAccepted = complete?.upload?.state === 'ACCEPTED';
  return {
    upload: isAccepted ? upload.id : undefined,
    findings: complete?.findings ?? [],
    problem: isAccepted ? null : (complete?.upload?.problem ?? null),
  };
};
