import type { Texts } from '../language/language.tsx';

export const texts = {
  title: ['学籍工作台', 'Registry console'],
  subtitle: ['一人一籍，籍随人走', 'One child, one number, for life'],
  signIn: ['登录', 'Sign in'],
  signInAgain: ['重新登录', 'Sign in again'],
  checkCertificate: ['查验证书（无需登录）', 'Check a certificate (no sign-in)'],
  signedOut: ['您已退出登录。', 'You have signed out.'],
  expired: ['登录已过期', 'Your sign-in has expired'],
  expiredMore: ['请重新登录，之后会回到本页。', 'Sign in again; you come back to this page.'],
  unreachable: ['无法连接登录服务', 'The sign-in service cannot be reached'],
  unreachableMore: ['请检查网络后重试。', 'Check the network and try again.'],
  refused: ['登录没有完成', 'The sign-in was not completed'],
  refusedMore: ['请从头再试一次。', 'Please begin again.'],
  again: ['重试', 'Try again'],
} satisfies Texts;
