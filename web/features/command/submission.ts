import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type CommandAnswer, submit } from '../../api-client.ts';
import { newKey } from '../../request-key.ts';

interface Attempt {
  readonly content: string;
  readonly key: string;
}

/** 提交 of one form: what was answered, whether an answer is awaited, and how to send. */
export interface Submission {
  readonly answer: CommandAnswer | null;
  readonly sending: boolean;
  readonly send: (content: unknown) => Promise<CommandAnswer>;
}

/**
 * An answer after which the same content may not be repeated under the same key. A server that was away
 * or failed may have kept the content all the same.
 */
function isFinal(answer: CommandAnswer): boolean {
  if (answer.kind !== 'refused') return answer.kind === 'applied';
  return answer.problem.status >= 400 && answer.problem.status < 500;
}

/**
 * Sends to one address. The key is kept until the server has answered, so that pressing the button
 * again after a broken connection, or after 已收到，尚未生效, does nothing twice.
 */
export function useSubmission(path: string): Submission {
  const queries = useQueryClient();
  const attempt = useRef<Attempt | null>(null);
  const [answer, setAnswer] = useState<CommandAnswer | null>(null);
  const [sending, setSending] = useState(false);
  const send = async (content: unknown): Promise<CommandAnswer> => {
    const text = JSON.stringify(content);
    if (attempt.current?.content !== text) {
      attempt.current = { content: text, key: newKey() };
    }
    setSending(true);
    try {
      const answered = await submit(path, content, attempt.current.key);
      if (isFinal(answered)) attempt.current = null;
      setAnswer(answered);
      await queries.invalidateQueries();
      return answered;
    } finally {
      setSending(false);
    }
  };
  return { answer, sending, send };
}
