import type { CertificateData } from './certificate-data.ts';
import type { Doubt, Verdict } from './verify.ts';

export const usage = `用法 Usage: npm run verify-certificate -- <证书文件 file> [--keys 文件] [--revocations 文件] [--json]

离线核验一份电子毕业、结业或肄业证书：只用已公布的公钥和作废名单，不联网，也不需要其他任何东西。
Checks one electronic certificate offline, with the published keys and the list of what was revoked alone.

  --keys         已公布的公钥 the published keys           默认 default: certificate-keys.json
  --revocations  已公布的作废名单 the list of revocations   默认 default: certificate-revocations.jws
  --json         以 JSON 输出结果 the verdict as JSON

公钥和名单由登记系统公布于 both are published by the registry at
  /certificates/keys  和 and  /certificates/revocations

退出码 Exit codes:
  0  有效 valid
  1  无法核验：文件缺失或公钥文件有误 a file is missing, or the keys cannot be used
  2  已作废 revoked
  3  伪造、被改动或不是电子证书 forged, altered, or no certificate at all
  4  签名真实，但不能确定是否已作废：缺名单、名单过期等 genuine, but whether it still holds cannot be said here`;

export const exitCodes: Readonly<Record<Verdict['state'], number>> = {
  VALID: 0,
  REVOKED: 2,
  FORGED: 3,
  UNDECIDED: 4,
};

const kinds: Readonly<Record<CertificateData['kind'], string>> = {
  GRADUATION: '毕业证书 graduation',
  COMPLETION: '结业证明书 completion',
  INCOMPLETION: '肄业证明书 incompletion',
};
const stages: Readonly<Record<CertificateData['stage'], string>> = {
  PRIMARY: '小学 primary',
  JUNIOR: '初中 junior secondary',
  SENIOR: '普通高中 senior secondary',
};

const doubts: Readonly<Record<Doubt, string>> = {
  KEYS_OUT_OF_DATE:
    '公钥文件已过期，其间可能有密钥泄露。请重新下载后再核验。 The file of keys is out of date, and a key may have been stolen since: fetch it again.',
  NO_LIST:
    '没有作废名单，不能确定是否已作废。请下载最新名单后再核验。 There is no list of revocations: fetch it and check again.',
  LIST_NOT_GENUINE:
    '作废名单不真实或已损坏，不予采用。请重新下载。 The list of revocations is not genuine or is damaged: fetch it again.',
  LIST_OUT_OF_DATE:
    '作废名单已过期，不能确定是否已作废。请下载最新名单后再核验。 The list of revocations is out of date: fetch the newest one.',
  KEY_COMPROMISED_SINCE:
    '签名所用密钥后来泄露，签发时间不足为凭。请联网核验或请发证单位重新签发。 The key was stolen later, so the time of signing proves nothing: check online, or ask the issuer to sign it anew.',
};

/** Signs that a terminal would obey instead of showing them, as their code points. */
const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

const dataLines = (data: CertificateData): string[] => [
  `  证书种类 kind      ${kinds[data.kind]}`,
  `  证书编号 number    ${data.number}`,
  `  姓    名 holder    ${visible(data.holderName)}`,
  `  学    段 stage     ${stages[data.stage]}`,
  `  学    校 school    ${visible(data.schoolName)}`,
  `  结束学业 ended in  ${data.endedIn}`,
  `  发证单位 issuer    ${visible(data.issuerName)}`,
  `  发证日期 issued on ${data.issuedOn}`,
];

/** The verdict for a person. */
export const verdictText = (verdict: Verdict): string => {
  switch (verdict.state) {
    case 'VALID': {
      const day = verdict.listOf.slice(0, 10);
      return [
        '有效。签名真实，未列入作废名单。 VALID.',
        ...dataLines(verdict.certificate),
        `  作废名单 list of   ${day}`,
      ].join('\n');
    }
    case 'REVOKED':
      return ['已作废。该证书曾经签发，现已作废。 REVOKED.', ...dataLines(verdict.certificate)].join('\n');
    case 'UNDECIDED':
      return [
        '未能确定。签名真实，但： GENUINE, BUT UNDECIDED:',
        ...verdict.doubts.map((doubt) => `  - ${doubts[doubt]}`),
        ...dataLines(verdict.certificate),
      ].join('\n');
    case 'FORGED':
      return verdict.why === 'UNKNOWN_KEY'
        ? '不真实。签名密钥不在公钥文件中；公钥文件较旧的，请重新下载后再核验。 FORGED, or the file of keys is older than the key: fetch it again and check once more.'
        : '不真实。文件是伪造的、被改动过，或者不是电子证书。 FORGED OR ALTERED, or no electronic certificate.';
  }
};
