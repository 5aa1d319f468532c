/**
 * Material for made-up names. Family names: order of the hundred most frequent of the 2020 census as published,
 * weights per mille rounded, below one percent our own falling line. Given names: our own choice of characters.
 */
export const COMMON_FAMILY_NAMES: readonly (readonly [string, number])[] = [
  ...([
    ['王', 72],
    ['李', 72],
    ['张', 68],
    ['刘', 54],
    ['陈', 45],
    ['杨', 31],
    ['黄', 22],
    ['赵', 21],
  ] as const),
  ...([
    ['吴', 20],
    ['周', 19],
    ['徐', 15],
    ['孙', 15],
    ['马', 14],
    ['朱', 13],
    ['胡', 12],
    ['郭', 12],
  ] as const),
  ...([
    ['何', 11],
    ['林', 11],
    ['高', 10.5],
    ['罗', 9],
  ] as const),
  ...[
    ...'郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
  ].map((name, rank): readonly [string, number] => [name, 9 - rank * 0.09]),
];

export const RARE_FAMILY_NAMES =
  '欧阳 上官 司马 诸葛 皇甫 尉迟 令狐 慕容 东方 司徒 申屠 闻人 仝 乜 逄 禚 亓 麴 妫 鄢 昝 缑 郗 佘 逯 呼延'.split(
    ' ',
  );

/** Outside the basic plane of Unicode or missing from many fonts. */
export const RARE_CHARACTERS = '𠮷䶮𬱟㛃𫍽𬭚𤧛𬀩𬸦𫖯';

export const PUPIL_GIVEN = {
  MALE: {
    first: '子浩宇俊梓一奕博泽睿嘉皓铭志承景明天家文晨思昊瑞凯致逸云启佳',
    second: '轩宇辰泽睿涵豪杰晨阳然航博霖安恒远帆哲诚铭洋鑫昊熙源辉瀚廷伦',
  },
  FEMALE: {
    first: '子梓欣雨诗思佳一语嘉可若静雅梦婉奕芷馨晓依怡安瑾沐艺书心紫乐',
    second: '涵萱怡彤妍琪瑶宁桐悦菲蕊琳汐诺然妤霏茹媛晴颖雯洁柔玥婷熙',
  },
} as const;

export const ADULT_GIVEN = {
  MALE: {
    first: '建国志文海永晓红卫小少俊玉春立东新宏世光家树利学振',
    second: '伟强军磊勇涛明超杰辉鹏斌波刚平飞浩峰亮龙宇凯华林',
  },
  FEMALE: {
    first: '丽秀春晓玉艳海红小桂淑雪文美月爱金慧彩凤建亚素',
    second: '娟静敏燕霞芳娜丽艳玲红梅萍英婷琴洁云莉慧雪琳花',
  },
} as const;

/** Given names of peoples who carry the father's name after their own, parted by 间隔号. */
export const UYGHUR_GIVEN = {
  MALE: '艾力 买买提 阿卜杜拉 吐尔逊 玉素甫 麦麦提 阿里木 依米提 肉孜 库尔班 伊力亚尔 阿迪力 凯赛尔 努尔买买提'.split(
    ' ',
  ),
  FEMALE:
    '阿依古丽 古丽娜尔 热依汗 迪丽努尔 帕提古丽 麦尔耶姆 祖丽皮亚 阿米娜 茹仙古丽 伊巴代提 凯丽比努尔'.split(
      ' ',
    ),
};
export const KAZAKH_GIVEN = {
  MALE: '叶尔兰 努尔兰 巴合提 哈那提 阿依丁 加尔恒 马合沙提 叶斯波力 胡安 赛力克'.split(' '),
  FEMALE: '古丽娜 阿依努尔 加娜尔 巴哈尔 努尔古丽 叶尔克 萨吾列 玛依拉'.split(' '),
};
export const TIBETAN_PARTS = {
  MALE: '扎西 多吉 次仁 顿珠 平措 罗布 旺堆 丹增 索朗 格桑 洛桑 贡布 嘉措 仁青'.split(' '),
  FEMALE: '卓玛 拉姆 央金 德吉 曲珍 白玛 措姆 卓嘎 梅朵 普赤 仓决 玉珍'.split(' '),
};
export const MONGOLIAN_GIVEN = {
  MALE: '巴特尔 苏和 布和 朝鲁 那日松 孟根 格日勒图 阿古拉 恩和 哈斯 宝音 额尔敦'.split(' '),
  FEMALE: '其其格 萨仁 乌兰 娜仁 托娅 高娃 苏日娜 琪琪格 塔娜 阿茹娜 萨日盖 乌云'.split(' '),
};
export const KOREAN_FAMILY = '金朴李崔郑姜许尹';
export const HUI_FAMILY = '马杨王丁哈沙白纳李苏穆';
