import type { Texts } from '../language/language.tsx';

/** Codes of the graph, and what the states of an answer are called. */
export const texts = {
  empty: ['没有数据', 'Nothing here'],
  again: ['重试', 'Try again'],
  UNAUTHENTICATED: ['请先登录', 'Sign in first'],
  OUT_OF_JURISDICTION: ['不在您的管辖或查询范围内', 'Not within your jurisdiction'],
  UNAUTHORIZED_FIELD_OR_TYPE: ['您的账号无权查看此内容', 'Your account may not see this'],
  BAD_USER_INPUT: ['填写的内容有误', 'The input is not right'],
  NOT_FOUND: ['未找到', 'Not found'],
  VERSION_CONFLICT: ['内容已被他人更改，请刷新后再办理', 'Somebody else changed this; load it again'],
  IDEMPOTENCY_KEY_REUSED: ['该操作已提交过', 'This was sent before with other content'],
  RATE_LIMITED: ['操作过于频繁，请稍候再试', 'Too many requests; wait a moment'],
  COST_ESTIMATED_TOO_EXPENSIVE: ['一次查询的内容过多，请缩小范围', 'This asks for too much at once'],
  PERSISTED_QUERY_NOT_IN_LIST: [
    '工作台版本过旧，请刷新页面',
    'This console is out of date; load the page again',
  ],
  SERVICE_UNAVAILABLE: ['服务暂不可用，请稍后重试', 'The service is not available now; try again'],
  INTERNAL: ['系统内部错误，请稍后重试', 'Something failed; try again'],
} satisfies Texts;
