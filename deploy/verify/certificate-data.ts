import { hasExactly, type JsonObject } from './strict-json.ts';

/** What an electronic certificate says, all of it. */
export type CertificateData = {
  number: string;
  kind: 'GRADUATION' | 'COMPLETION' | 'INCOMPLETION';
  stage: 'PRIMARY' | 'JUNIOR' | 'SENIOR';
  holderName: string;
  schoolName: string;
  issuerName: string;
  endedIn: string;
  issuedOn: string;
};

const shapes: Readonly<Record<keyof CertificateData, RegExp>> = {
  number: /^\d{6,10}-[1-3]-\d{4}-\d{6}-\d{2}$/,
  kind: /^(GRADUATION|COMPLETION|INCOMPLETION)$/,
  stage: /^(PRIMARY|JUNIOR|SENIOR)$/,
  holderName: /^[^\p{Cc}]{1,300}$/u,
  schoolName: /^[^\p{Cc}]{1,300}$/u,
  issuerName: /^[^\p{Cc}]{1,300}$/u,
  endedIn: /^\d{4}-(0[1-9]|1[0-2])$/,
  issuedOn: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
};
const names = Object.keys(shapes) as (keyof CertificateData)[];

/** The data of a certificate; undefined where a field is missing, superfluous or of another shape. */
export const certificateData = (payload: JsonObject): CertificateData | undefined => {
  const fits = ([name, shape]: [string, RegExp]): boolean => {
    const value = payload[name];
    return typeof value === 'string' && shape.test(value);
  };
  return hasExactly(payload, names) && Object.entries(shapes).every(fits)
    ? (payload as CertificateData)
    : undefined;
};
