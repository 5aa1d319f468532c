import { type CodeRow, codeTable } from './code-table.ts';

/** Names in the order of the codes 01-56 of GB/T 3304. */
const GROUPS =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
  '柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 ' +
  '塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺';

function rows(): [CodeRow<string>, ...CodeRow<string>[]] {
  const groups = GROUPS.split(' ').map((name, index): CodeRow<string> => {
    const code = String(index + 1).padStart(2, '0');
    return [code, `${name}族`, name];
  });
  const others: CodeRow<string>[] = [
    ['97', '其他', '其他民族', '未识别民族'],
    ['98', '外国血统中国籍人士', '外国血统', '外国血统中国籍', '入籍'],
  ];
  const [first = ['01', '汉族', '汉'], ...more] = groups;
  return [first, ...more, ...others];
}

/** Ethnic groups; the value is the two-digit code. */
export const ETHNIC_GROUPS = codeTable('民族', 'GB/T 3304', rows());
