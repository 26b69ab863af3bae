// oxlint-disable-next-line import/no-unassigned-import -- decorators need it before all else
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { type TestContext, test } from 'node:test'
import {
  type ArgumentsHost,
  Body,
  type CanActivate,
  Catch,
  Controller,
  Delete,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  Header,
  HttpCode,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestMiddleware,
  NotFoundException,
  Param,
  ParseIntPipe,
  type PipeTransform,
  Post,
  Query,
  Redirect,
  Req,
  Res,
  StreamableFile,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  VersioningType,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter, FileInterceptor, type NestExpressApplication } from '@nestjs/platform-express'
import express, { type NextFunction, type Request, type Response } from 'express'
import request from 'supertest'
import { fixture } from './support/fixtures.cjs'

class CatGoneError extends Error {}

@Catch(CatGoneError)
class CatGoneFilter implements ExceptionFilter {
  catch(error: CatGoneError, host: ArgumentsHost) {
    const http = host.switchToHttp()
    const { url } = http.getRequest<Request>()
    http.getResponse<Response>().status(410).json({ gone: error.message, url })
  }
}

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    return context.switchToHttp().getRequest<Request>().get('x-api-key') === 'secret'
  }
}

class NamePipe implements PipeTransform {
  transform(value: { name?: string }) {
    return { name: String(value.name ?? '').trim() }
  }
}

@Injectable()
class TraceMiddleware implements NestMiddleware {
  use(req: Request, res: Response, next: NextFunction) {
    res.setHeader('x-trace', `${req.method} ${req.originalUrl}`)
    next()
  }
}

interface Uploaded {
  originalname: string
  buffer: Buffer
}

@Controller('cats')
@UseFilters(new CatGoneFilter())
class CatsController {
  @Get()
  list(@Query('limit') limit: string) {
    return { cats: ['tom'], limit: limit ?? null }
  }

  @Get('text')
  @Header('Cache-Control', 'none')
  text() {
    return 'This action returns all cats'
  }

  @Get('old')
  @Redirect('/cats', 301)
  old() {}

  @Get('raw')
  raw(@Req() req: Request, @Res() res: Response) {
    res.format({ json: () => res.json({ host: req.hostname }), default: () => res.sendStatus(406) })
  }

  @Get('file')
  file() {
    return new StreamableFile(Buffer.from('streamed'), { type: 'text/plain', disposition: 'attachment' })
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number) {
    if (id === 404) throw new NotFoundException('no such cat')
    if (id === 410) throw new CatGoneError('moved out')
    if (id === 500) throw new Error('kept to ourselves')
    return { id, type: typeof id }
  }

  @Post()
  @HttpCode(202)
  create(@Body(new NamePipe()) cat: object) {
    return cat
  }

  @Delete(':id')
  @UseGuards(KeyGuard)
  remove(@Param('id') id: string) {
    return { removed: id }
  }

  @Post('photo')
  @UseInterceptors(FileInterceptor('photo', { limits: { fileSize: 100 } }))
  photo(@UploadedFile() photo: Uploaded, @Body() body: object) {
    return { name: photo.originalname, content: photo.buffer.toString(), body }
  }
}

@Controller({ path: 'things', version: '2' })
class ThingsController {
  @Get('*rest')
  any(@Param('rest') rest: string[]) {
    return { rest }
  }
}

@Module({ controllers: [CatsController, ThingsController] })
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(TraceMiddleware).exclude('cats/text').forRoutes('cats')
  }
}

/** Also on an Express application that the user made, which gives Nest the adapter. */
async function nest(t: TestContext, instance?: express.Express) {
  const adapter = instance ? new ExpressAdapter(instance) : undefined
  const app = adapter
    ? await NestFactory.create<NestExpressApplication>(AppModule, adapter, { logger: false })
    : await NestFactory.create<NestExpressApplication>(AppModule, { logger: false, bufferLogs: false })
  app.enableVersioning({ type: VersioningType.URI })
  app.enableCors({ origin: 'http://example.com' })
  app.useStaticAssets(fixture('public'), { prefix: '/static' })
  app.setBaseViewsDir(fixture('ejs'))
  app.setViewEngine('ejs')
  app.set('trust proxy', true)
  await app.init()
  t.after(() => app.close())
  return request(app.getHttpServer())
}

test('Nest resolves the same Express as this project does', () => {
  const here = createRequire(import.meta.url)
  const platform = createRequire(here.resolve('@nestjs/platform-express'))
  assert.equal(platform.resolve('express'), here.resolve('express'))
})

test('a Nest application routes, pipes, redirects, streams and runs middleware', async (t) => {
  const agent = await nest(t)
  await agent
    .get('/cats?limit=3')
    .expect(200, { cats: ['tom'], limit: '3' })
    .expect('x-trace', 'GET /cats?limit=3')
  const text = await agent.get('/cats/text').expect(200, 'This action returns all cats')
  assert.equal(text.headers['cache-control'], 'none')
  assert.equal(text.headers['x-trace'], undefined)
  await agent.get('/cats/old').expect(301).expect('location', '/cats')
  await agent.get('/cats/raw').set('X-Forwarded-Host', 'cats.example').expect(200, { host: 'cats.example' })
  await agent.get('/cats/raw').set('Accept', 'image/png').expect(406)
  const file = await agent.get('/cats/file').expect(200, 'streamed')
  assert.equal(file.headers['content-disposition'], 'attachment')
  await agent.get('/cats/7').expect(200, { id: 7, type: 'number' })
  await agent.post('/cats').send({ name: ' tom ' }).expect(202, { name: 'tom' })
  await agent.post('/cats').type('form').send('name=tom').expect(202, { name: 'tom' })
  await agent.get('/v2/things/a/b').expect(200, { rest: ['a', 'b'] })
  await agent.get('/static/notes.txt').expect(200, 'a plain text file\n')
  await agent.options('/cats').set('Origin', 'http://example.com').expect(204)
})

test('a Nest application guards, filters and validates', async (t) => {
  const agent = await nest(t)
  await agent.delete('/cats/7').expect(403)
  await agent.delete('/cats/7').set('x-api-key', 'secret').expect(200, { removed: '7' })
  const notNumber = await agent.get('/cats/tom').expect(400)
  assert.match(notNumber.body.message, /numeric string is expected/)
  await agent.get('/cats/404').expect(404, { message: 'no such cat', error: 'Not Found', statusCode: 404 })
  await agent.get('/cats/410').expect(410, { gone: 'moved out', url: '/cats/410' })
  await agent.get('/cats/500').expect(500, { statusCode: 500, message: 'Internal server error' })
  const missing = await agent.get('/absent').expect(404)
  assert.equal(missing.body.message, 'Cannot GET /absent')
  const syntax = await agent.post('/cats').type('json').send('{"name"').expect(400)
  assert.equal(syntax.body.error, 'Bad Request')
})

test('a Nest application takes uploads through multer, with limits', async (t) => {
  const agent = await nest(t)
  await agent
    .post('/cats/photo')
    .field('title', 'me')
    .attach('photo', Buffer.from('pixels'), 'me.png')
    .expect(201, { name: 'me.png', content: 'pixels', body: { title: 'me' } })
  const large = await agent.post('/cats/photo').attach('photo', Buffer.alloc(200), 'big.png').expect(413)
  assert.equal(large.body.message, 'File too large')
})

test('Nest shares an Express application that has routes of its own', async (t) => {
  const instance = express()
  instance.get('/own', (_req, res) => void res.json({ own: true }))
  const agent = await nest(t, instance)
  await agent.get('/own').expect(200, { own: true })
  await agent.get('/cats/7').expect(200, { id: 7, type: 'number' })
})

test('Nest listens, serves and closes with a connection that is kept', async () => {
  const app = await NestFactory.create(AppModule, { logger: false, forceCloseConnections: true })
  await app.listen(0, '127.0.0.1')
  const response = await fetch(`${await app.getUrl()}/cats/7`)
  assert.deepEqual(await response.json(), { id: 7, type: 'number' })
  await app.close()
})
