/** 接口文档页: the OpenAPI document and a page to browse it, without any other server's help. */
import express, { type Express } from 'express';
import { absolutePath } from 'swagger-ui-dist';
import { API_ROOT, openApiDocument } from './openapi.ts';
import { routes } from './routes/index.ts';

const page = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>公示 接口文档</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body>
</html>`;

/** A file of its own: the page's policy allows no inline script. */
const start = `window.ui = SwaggerUIBundle({
  url: '${API_ROOT}/openapi.json',
  dom_id: '#swagger-ui',
  requestInterceptor: (request) => {
    request.headers['x-gongshi'] = 'docs';
    return request;
  },
});`;

/** Adds both; the document is computed once. */
export function addDocuments(app: Express): void {
  const document = openApiDocument(routes, '1');
  app.get(`${API_ROOT}/openapi.json`, (_request, response) => {
    response.json(document);
  });
  app.get('/api/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  app.get(['/api/docs', '/api/docs/'], (_request, response) => {
    response.type('html').send(page);
  });
  app.use('/api/docs', express.static(absolutePath(), { index: false }));
}
