import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { openContent } from '../certificates/certificate-content.ts';
import { ElectronicPage } from '../paper/paper.ts';
import { checkAddressOf } from '../print/paper-of.ts';

/** What the page of an electronic certificate shows: what its signed document says, and where anybody may check it. */
export const pageOf = (
  { sealing, config }: Pick<ServiceCore, 'sealing' | 'config'>,
  certificate: Certificate,
  document: string,
): ElectronicPage => {
  const said: unknown = JSON.parse(Buffer.from(document.split('.')[1] ?? '', 'base64url').toString());
  const { code } = openContent(sealing, certificate);
  return ElectronicPage.parse({
    ...(said as object),
    checkAddress: checkAddressOf(config.PUBLIC_URL, code),
    checkCode: code,
  });
};
