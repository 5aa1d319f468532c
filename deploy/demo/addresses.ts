import type { F1Address } from '#services/enrollment/import/form-f1/row.ts';
import { type Random, some } from './random.ts';

const ROADS = some(
  '人民路 建设路 解放路 和平街 新华街 文化路 学府街 滨河路 长风街 平安路 体育路 幸福路 光明街 友谊路 振兴街 青年路 胜利街 朝阳路'.split(
    ' ',
  ),
);
const VILLAGES = some('柳林村 上庄村 东河村 石桥村 前屯村 杨家村 新民村 南坡村 白杨村 清水村'.split(' '));

/** An address down to road and house number: made up, below a real division. */
export const streetAddress = (division: string, divisionName: string, random: Random): F1Address => ({
  regionCode: division,
  text: `${divisionName}${random.pick(ROADS)}${random.between(1, 299)}号`,
});

/** An address in the countryside. */
export const villageAddress = (division: string, divisionName: string, random: Random): F1Address => ({
  regionCode: division,
  text: `${divisionName}${random.pick(VILLAGES)}${random.between(1, 12)}组${random.between(1, 90)}号`,
});
