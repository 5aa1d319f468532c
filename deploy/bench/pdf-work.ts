import { parentPort, workerData } from 'node:worker_threads';
import type { CompletionPaper } from '#services/certificate/paper/paper.ts';
import { paperPdf } from '#services/certificate/paper/render.ts';

/** For how long one thread makes papers. */
export type PdfWork = { millis: number };

/** What one thread does in a second. */
export type PdfRates = { made: number; bytes: number };

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
const given = [...'思远秀兰国强子涵雨桐浩然欣怡俊杰梓萱宇轩诗琪嘉豪佳颖志伟晓燕建华丽娟'];
const pick = (from: readonly string[], at: number): string => from[at % from.length] ?? '某';

/** Papers of a school, each with a holder and a number of its own, so that no two share a subset of the type. */
const paperOf = (index: number): CompletionPaper => {
  const number = `1405010012-2-2026-${String(index + 1).padStart(6, '0')}-${String(index % 97).padStart(2, '0')}`;
  return {
    ...{ kind: 'COMPLETION', province: '山西省', serialPrefix: '晋结证字', serialNumber: number },
    studentName: `${pick(surnames, index)}${pick(given, index * 3)}${pick(given, index * 7 + 1)}`,
    ...{ studentNumber: 'G140105200809121234', idDocumentNumber: '140105200809121234', gender: 'FEMALE' },
    ...{ nativeProvince: '山西省', nativeCounty: '太原市小店区' },
    ...{ studiedFrom: '2023-09', studiedTo: '2026-07', reason: '学习期满，未达到毕业条件' },
    ...{ handledBy: '王秀兰', handledOn: '2026-07-10', responsibleBy: '赵国强', responsibleOn: '2026-07-11' },
    ...{ stubDate: '2026-07-12', principal: '赵国强', schoolName: '太原市第五十二中学校' },
    ...{
      issuedOn: '2026-07-13',
      checkAddress: 'https://xueji.example/certificates/check/7K3DQ0V9XW2M5TB8RYHJ4FGN6C',
    },
    checkCode: '7K3DQ0V9XW2M5TB8RYHJ4FGN6C',
    ...{ descriptions: {}, isCopy: false },
  };
};

/** Makes papers one after the other, each drawn, its type cut to what it uses, compressed. */
const work = async ({ millis }: PdfWork): Promise<PdfRates> => {
  await paperPdf(paperOf(0));
  const start = performance.now();
  let [count, bytes] = [0, 0];
  while (performance.now() - start < millis) {
    count += 1;
    bytes += (await paperPdf(paperOf(count))).length;
  }
  return { made: (count * 1000) / (performance.now() - start), bytes: bytes / count };
};

parentPort?.postMessage(await work(workerData as PdfWork));
