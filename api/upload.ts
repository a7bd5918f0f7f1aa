/** 上传: one file by multipart form, held in memory, at most 10 MB. */
import busboy from 'busboy';
import type { Request } from 'express';
import { ApiProblem } from './problem.ts';

/** 附件 limit, bytes. */
export const UPLOAD_BYTES_MAX = 10 * 1024 * 1024;

/** What a form carried. */
export interface Upload {
  readonly bytes: Buffer;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the form. Refuses no file, two files, a broken form (MALFORMED) and a large one (TOO-LARGE). */
export function readUpload(request: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const parser = openParser(request);
    const fields: Record<string, string> = {};
    let name = '';
    let chunks: Buffer[] | undefined;
    let problem: ApiProblem | undefined;
    parser.on('field', (key, value) => {
      fields[key] = value;
    });
    parser.on('file', (_key, stream, info) => {
      name = info.filename ?? '';
      const received: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => received.push(chunk));
      stream.on('limit', () => {
        problem = new ApiProblem('TOO-LARGE', '文件不能超过 10 MB');
      });
      stream.on('end', () => {
        chunks = received;
      });
    });
    parser.on('filesLimit', () => {
      problem = new ApiProblem('MALFORMED', '一次只能上传一个文件');
    });
    parser.on('error', () => reject(new ApiProblem('MALFORMED', '上传的内容不完整')));
    parser.on('close', () => {
      if (problem !== undefined) reject(problem);
      else if (chunks === undefined) reject(new ApiProblem('MALFORMED', '没有选择文件'));
      else resolve({ bytes: Buffer.concat(chunks), name, fields });
    });
    request.pipe(parser);
  });
}

function openParser(request: Request): busboy.Busboy {
  if (!request.is('multipart/form-data')) {
    throw new ApiProblem('CONTENT-TYPE', '请用表单方式上传文件');
  }
  const limits = { fileSize: UPLOAD_BYTES_MAX, files: 1, fields: 10, fieldSize: 1_000, parts: 12 };
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch {
    // The only thing it throws: a content type without a boundary.
    throw new ApiProblem('MALFORMED', '上传的内容无法读取');
  }
}
