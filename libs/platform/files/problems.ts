/** What a file or its delivery can be refused for; one code has one meaning everywhere. */
const texts = {
  LINK_INVALID: [403, '地址无效，请重新取得上传或下载地址。', 'The address is not valid: ask for a new one.'],
  LINK_EXPIRED: [
    403,
    '地址已过期，请重新取得上传或下载地址。',
    'The address has expired: ask for a new one.',
  ],
  FILE_UNKNOWN: [404, '没有这个文件，可能已过保存期限。', 'There is no such file, or no longer.'],
  UPLOAD_NOT_RECEIVED: [409, '文件尚未上传完毕。', 'The file has not arrived yet.'],
  UPLOAD_ALREADY_RECEIVED: [409, '文件已经收到，无需再传。', 'The file was received already.'],
  UPLOAD_ALREADY_REFUSED: [409, '该上传已被拒收，请重新登记。', 'This upload was refused: announce it anew.'],
  METHOD_NOT_ALLOWED: [405, '不支持此操作。', 'This method is not possible here.'],
  FILE_TOO_LARGE: [413, '文件比登记的大，或超过上限。', 'The file is larger than announced or allowed.'],
  FILE_SIZE_DIFFERS: [422, '文件比登记的小，请重新登记后上传。', 'The file is shorter than announced.'],
  FILE_CHECKSUM_DIFFERS: [
    422,
    '文件内容与登记的校验值不符，请重新登记后上传。',
    'The content does not have the announced SHA-256.',
  ],
  FILE_TYPE_NOT_SUPPORTED: [
    415,
    '文件内容与登记的类型不符（只改后缀无效）。旧版 .xls 或加密的工作簿请在 Excel 或 WPS 中取消密码，另存为 .xlsx 后上传。',
    'The content is not of the announced type; save old or encrypted workbooks as plain .xlsx.',
  ],
  CONTENT_ENCODING_NOT_SUPPORTED: [
    415,
    '请直接上传原文件，不要另行压缩传输。',
    'Send the file as it is, without a content encoding.',
  ],
  FILE_CUT_OFF: [
    422,
    '文件不完整或已损坏，请重新扫描或导出后上传。',
    'The file is cut off or damaged: scan or export it again.',
  ],
  FILE_AMBIGUOUS: [
    422,
    '文件中夹带其他格式的内容，请重新扫描或导出后上传。',
    'The file is of another format as well: scan or export it again.',
  ],
  FILE_UNPACKS_TOO_LARGE: [
    422,
    '文件展开后过大，请重新扫描或导出后上传。',
    'The file unpacks to far more than a paper holds: scan or export it again.',
  ],
  IMAGE_TOO_LARGE: [
    422,
    '图片尺寸过大（边长不超过20000像素、总计不超过1亿像素），请缩小后上传。',
    'The picture has more than 20,000 pixels a side or 100 million in all: make it smaller.',
  ],
  PDF_ACTIVE: [
    422,
    'PDF含有脚本、动作、表单或附件，不能作为材料；请打印为普通PDF后上传。',
    'The PDF has scripts, actions, forms or attachments: print it to a plain PDF.',
  ],
  PDF_ENCRYPTED: [422, 'PDF已加密，请去除密码后上传。', 'The PDF is encrypted: remove its password.'],
  PDF_NOT_READABLE: [
    422,
    'PDF的结构无法核查，请打印为普通PDF后上传。',
    'The structure of the PDF cannot be looked into: print it to a plain PDF.',
  ],
  STORED_FILE_LOST: [
    503,
    '文件暂时无法读取，已通知系统管理人员。',
    'The file cannot be read now; the operators have been told.',
  ],
  STORED_FILE_DAMAGED: [
    422,
    '存储的文件已损坏，请重新登记后上传。',
    'The stored file is damaged: send it again.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type FileProblemCode = keyof typeof texts;

/** A refusal as clients see it: what is wrong and what to do, Chinese first; nothing of the content. */
export type FileProblem = { code: FileProblemCode; message: string; messageEn: string };

export const fileProblem = (code: FileProblemCode): FileProblem => {
  const [, message, messageEn] = texts[code];
  return { code, message, messageEn };
};

/** A file or request for one that is refused, with the HTTP status that says so. */
export class FileRefused extends Error {
  readonly problem: FileProblem;
  readonly status: number;

  constructor(code: FileProblemCode) {
    super(fileProblem(code).messageEn);
    this.name = 'FileRefused';
    this.problem = fileProblem(code);
    [this.status] = texts[code];
  }
}
