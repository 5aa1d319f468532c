import { codeTable } from './code-table.ts';

export const PLACEMENT_MODES = codeTable('特教学生就读类型', 'ours', [
  ['SPECIAL_SCHOOL', '特殊教育学校就读', '1', '特教学校', '特殊教育学校', '特教学校就读'],
  ['INCLUSIVE', '随班就读', '2', '普通学校随班就读'],
  ['HOME_TEACHING', '送教上门', '3'],
]);

export const COMMUTE_MODES = codeTable('上下学交通方式', 'ours', [
  ['WALK', '步行', '1', '走路'],
  ['BICYCLE', '自行车', '2', '电动自行车', '电动车', '自行车或电动车'],
  ['BUS', '公共交通', '3', '公交车', '公交', '地铁'],
  ['SCHOOL_BUS', '校车', '4'],
  ['PRIVATE_CAR', '家庭自用车', '5', '私家车', '自驾'],
  ['OTHER', '其他', '9'],
]);

/**
 * Grades by the common index of years 1-12, the three of the kindergarten before them as -2 to 0 (rules.md TRF-20: one to nine whatever the school system).
 * The value is the index as text; the name is what the registry prints.
 */
export const GRADES = codeTable('年级', 'ours', [
  ['-2', '小班', '幼儿园小班'],
  ['-1', '中班', '幼儿园中班'],
  ['0', '大班', '幼儿园大班'],
  ['1', '一年级', '1年级', '小学一年级', '小一'],
  ['2', '二年级', '2年级', '小学二年级', '小二'],
  ['3', '三年级', '3年级', '小学三年级', '小三'],
  ['4', '四年级', '4年级', '小学四年级', '小四'],
  ['5', '五年级', '5年级', '小学五年级', '小五'],
  ['6', '六年级', '6年级', '小学六年级', '小六'],
  ['7', '七年级', '7年级', '初一', '初一年级', '初中一年级'],
  ['8', '八年级', '8年级', '初二', '初二年级', '初中二年级'],
  ['9', '九年级', '9年级', '初三', '初三年级', '初中三年级'],
  ['10', '高一', '十年级', '10年级', '高中一年级', '高一年级'],
  ['11', '高二', '十一年级', '11年级', '高中二年级', '高二年级'],
  ['12', '高三', '十二年级', '12年级', '高中三年级', '高三年级'],
]);
