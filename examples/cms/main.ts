import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { DynamoModule } from '@dynamo/nest';
import { AppModule } from './app.module.js';

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('CMS').build());
SwaggerModule.setup('docs', app, document, {
  jsonDocumentUrl: 'docs-json',
  patchDocumentOnRequest: (_request, _response, current) => DynamoModule.openApi(app, current),
});
app.enableShutdownHooks();
await app.listen(process.env['PORT'] ?? 3000, '127.0.0.1');
console.log(`The CMS is at ${await app.getUrl()}`);
