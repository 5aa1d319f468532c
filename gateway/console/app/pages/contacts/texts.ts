import type { Texts } from '../../language/language.tsx';

export const texts = {
  work: ['待办', 'Work'],
  title: ['投诉受理渠道', 'Contacts for complaints'],
  own: ['本单位公开的渠道', 'What my unit publishes'],
  none: ['尚未公开', 'Nothing is published'],
  missing: ['没有可公开受理渠道的单位', 'Your account belongs to no unit that publishes contacts'],
  recorded: ['法规意见', 'Findings'],
  publish: ['公开受理渠道', 'Publish contacts'],
  publishMore: [
    '以下全部渠道取代此前公开的；至少一部电话和一个邮箱（TKT-02）。',
    'All of these take the place of those before; at least a telephone and a mailbox (TKT-02).',
  ],
  kind: ['种类', 'Kind'],
  channel: ['号码或地址', 'Number or address'],
  add: ['添加一项', 'Add one'],
  remove: ['移除', 'Remove'],
  turnTo: ['本地群众可联系', 'Where people here turn to'],
  unit: ['单位', 'Unit'],
  without: ['尚未公开电话和邮箱的单位', 'Units without a telephone or a mailbox'],
  everybody: ['本级和下级都已公开', 'Everybody has published'],
  code: ['机构代码', 'Code'],
  level: ['层级', 'Level'],
  first: ['回到开头', 'From the start'],
  more: ['后面的', 'More'],
} satisfies Texts;
