import { killGroup, type ServiceProcess } from './process-group.ts';

const BACKOFF_MS_MIN = 500;
/** Short: whoever waits for a page that is down waits at most this long after the cause has passed. */
const BACKOFF_MS_MAX = 5_000;
/** A service that ran this long is taken to have been healthy: its next failure is a first one. */
const HEALTHY_MS = 60_000;

/** A service that is started again when it dies. */
export type Supervised = {
  readonly process: () => ServiceProcess;
  /** Starts it again after `kill` or `stop`. Does nothing when it runs. */
  readonly start: () => Promise<void>;
  /** Ends it at once, as a power cut would; without `restarts` it stays down. */
  readonly kill: () => Promise<void>;
  /** Ends it in good order; it stays down. */
  readonly stop: () => Promise<void>;
};

export type SupervisedOptions = {
  /** What the service is called in lines for people. */
  readonly label: string;
  /** Starts it and resolves when it is ready. */
  readonly launch: () => Promise<ServiceProcess>;
  readonly stopGraceMs: number;
  readonly restarts: boolean;
  readonly say: (line: string) => void;
};

/** Starts a service and keeps it running. Rejects when its first start fails. */
export async function supervise(options: SupervisedOptions): Promise<Supervised> {
  const { label, launch, stopGraceMs, restarts, say } = options;
  let isWanted = true;
  let backoffMs = BACKOFF_MS_MIN;
  let timer: NodeJS.Timeout | undefined;
  let restarting: Promise<void> | undefined;
  let current = await launch();
  let startedAt = Date.now();

  const startAgain = async (): Promise<void> => {
    try {
      current = await launch();
      startedAt = Date.now();
      say(`${label}已重新启动`);
      watch();
    } catch (error) {
      say(`${label}重新启动失败:${error instanceof Error ? error.message : String(error)}`);
      restartLater();
    }
  };
  const restartLater = (): void => {
    if (!isWanted) return;
    if (Date.now() - startedAt > HEALTHY_MS) backoffMs = BACKOFF_MS_MIN;
    say(`${label}意外退出,${backoffMs / 1000} 秒后重新启动`);
    timer = setTimeout(() => {
      restarting = startAgain();
    }, backoffMs);
    backoffMs = Math.min(backoffMs * 2, BACKOFF_MS_MAX);
  };
  const watch = (): void => {
    if (restarts) void current.exited.then(restartLater);
  };
  watch();

  return {
    process: () => current,
    async start() {
      if (current.isRunning()) return;
      isWanted = true;
      current = await launch();
      startedAt = Date.now();
      watch();
    },
    async kill() {
      killGroup(current.pid);
      await current.exited;
    },
    async stop() {
      isWanted = false;
      clearTimeout(timer);
      await restarting;
      await current.stop(stopGraceMs);
    },
  };
}
