import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['监护人登录账号', 'Logins of guardians'],
  more: [
    '关联后，该账号即可查看和办理这名学生的事项；解除后随即不能。只能关联采集表上的法定监护人（PRV-11）。',
    'A login that is tied sees this pupil and acts for them, and no more once the tie ends. Only legal guardians on the form are tied (PRV-11).',
  ],
  none: ['没有关联的账号', 'No login is tied'],
  guardian: ['监护人', 'Guardian'],
  subject: ['登录账号', 'Login'],
  basis: ['依据', 'Proof'],
  since: ['关联时间', 'Since'],
  link: ['关联账号', 'Tie a login'],
  unlink: ['解除关联', 'End the tie'],
  unlinkMore: [
    '解除后，该账号随即不能再查看这名学生：',
    'From the next request on this login sees the pupil no more:',
  ],
} satisfies Texts;
