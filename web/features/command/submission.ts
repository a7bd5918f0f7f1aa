import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type CommandAnswer, submit } from '../../api-client.ts';

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

/** An answer after which the same content may not be repeated under the same key. */
function isFinal(answer: CommandAnswer): boolean {
  return answer.kind === 'applied' || (answer.kind === 'refused' && answer.problem.status !== 0);
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

/** A random key. Offices open the page without TLS, where `randomUUID` does not exist. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, index) => hex.slice(cuts[index], end))
    .join('-');
}
