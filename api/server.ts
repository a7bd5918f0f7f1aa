/** The HTTP side: pages, documents and every route; refusals are problem+json. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  Router,
} from 'express';
import helmet from 'helmet';
import { answerProblem } from './answer-problem.ts';
import type { ApiDeps } from './deps.ts';
import { addDocuments } from './documents.ts';
import { API_ROOT } from './openapi.ts';
import { ApiProblem } from './problem.ts';
import { routes } from './routes/index.ts';
import { SCENARIO_PATH } from './routes/scenario.ts';
import { refuseForeignWrites, sessionMiddleware } from './session.ts';

/** Forms of 500 households with their members; files come as uploads, not as JSON. */
const JSON_LIMIT = '4mb';

/** A county with every household written out. */
const SCENARIO_LIMIT = '32mb';

const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

/** Builds the application; the caller listens. */
export function createApi(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  if (deps.trustProxy !== null) app.set('trust proxy', trusted(deps.trustProxy));
  app.use(helmet({ contentSecurityPolicy: { directives: policy() }, hsts: false }));
  addHealth(app, deps);
  addDocuments(app);
  app.use(API_ROOT, apiRouter(deps));
  addPage(app, deps.webDir);
  app.use((_request, _response, next) => next(new ApiProblem('NOT-FOUND', '没有这个地址')));
  const onProblem: ErrorRequestHandler = (error, request, response, next) =>
    answerProblem(deps.log, error, request, response, next);
  app.use(onProblem);
  return app;
}

/** A number of hops is a number to Express; everything else is a name or a subnet. */
function trusted(setting: string): string | number {
  return /^\d+$/.test(setting) ? Number(setting) : setting;
}

/** Everything but the load of a scenario and the streams, which stay open, keeps a load waiting. */
function enterGate({ gate }: ApiDeps): RequestHandler {
  return async (request, response, next) => {
    if (request.path !== SCENARIO_PATH && request.path !== '/events') {
      response.on('close', await gate.enter());
    }
    next();
  };
}

/** Inline styles are what Ant Design writes; upgrades would break plain http in an office network. */
function policy(): Record<string, string[] | null> {
  return {
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'upgrade-insecure-requests': null,
  };
}

function addHealth(app: Express, deps: ApiDeps): void {
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const { record, engine } = await deps.readiness();
    const isReady = record && engine;
    response.status(isReady ? 200 : 503).json({ ok: isReady });
  });
}

function apiRouter(deps: ApiDeps): Router {
  const router = Router();
  router.use(enterGate(deps));
  router.use(sessionMiddleware(deps));
  router.use(refuseForeignWrites);
  router.use(SCENARIO_PATH, express.text({ type: YAML_TYPES, limit: SCENARIO_LIMIT }));
  router.use(SCENARIO_PATH, express.json({ limit: SCENARIO_LIMIT }));
  router.use(express.json({ limit: JSON_LIMIT }));
  router.use((request, response, next) => {
    response.set('cache-control', 'no-store');
    const startedAt = performance.now();
    response.on('finish', () => {
      // The route's pattern, not the address: no id, no query, no body.
      const route: unknown = request.route;
      const pattern = typeof route === 'object' && route !== null && 'path' in route;
      deps.log.info({
        method: request.method,
        route: pattern ? String(route.path) : null,
        status: response.statusCode,
        ms: Math.round(performance.now() - startedAt),
      });
    });
    next();
  });
  for (const route of routes) {
    router[route.method](route.path, (request, response) => route.run(deps, request, response));
  }
  router.use((_request, _response, next) => next(new ApiProblem('NOT-FOUND', '没有这个地址')));
  return router;
}

/** The page; every address that is not a file is one of its own views. */
function addPage(app: Express, webDir: string | null): void {
  if (webDir === null || !existsSync(join(webDir, 'index.html'))) return;
  app.use(express.static(webDir, { index: false, maxAge: '1h' }));
  app.get(/^\/(?!api\/)/, (_request, response) => {
    response.set('cache-control', 'no-cache').sendFile(join(webDir, 'index.html'));
  });
}
