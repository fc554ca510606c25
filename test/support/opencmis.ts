import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../src/shared/package.ts';

const run = promisify(execFile);
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

/** The published server, a container to run it in, and a logger in place of its old log4j; with their SHA-256. */
const artifacts = [
  {
    coordinates: 'org.apache.chemistry.opencmis:chemistry-opencmis-server-inmemory:1.1.0:war',
    file: 'chemistry-opencmis-server-inmemory-1.1.0.war',
    sha256: 'e64213571d416a5ff03a923693b97bb32d680b353af40d6807ce007197ae71d9',
  },
  {
    coordinates: 'org.eclipse.jetty:jetty-runner:9.4.58.v20250814:jar',
    file: 'jetty-runner-9.4.58.v20250814.jar',
    sha256: 'b692f66bb7a53bfa739b7eb466dc2bf75bddd5bfa0e7d425cd2a0434233987c2',
  },
  {
    coordinates: 'org.slf4j:slf4j-simple:1.7.36:jar',
    file: 'slf4j-simple-1.7.36.jar',
    sha256: '2f39bed943d624dfa8f4102d0571283a10870b6aa36f197a8a506f147010c10f',
  },
] as const;
const [war, runner, logger] = artifacts;

export const cmisUser = 'scanlot';

export interface OpenCmis {
  /** The service document of the Browser Binding. */
  readonly url: string;
  readonly password: string;
  /** Ends the server, at once; its data are gone with it. */
  stop(): Promise<void>;
}

/**
 * Starts Apache Chemistry OpenCMIS InMemory 1.1.0 on the loopback interface, with types of our own (test/support/cmis-types.xml).
 * The programs are fetched from Maven Central into .cache at first use.
 * @param port where it is to listen; 0 for any that is free
 * @param heapMb it keeps everything in memory
 * @throws when Java, Maven or the programs cannot be had, or the server does not start: a referee that is missing is no pass
 */
export async function startOpenCmis(password: string, port = 0, heapMb = 1536): Promise<OpenCmis> {
  const programs = await fetched();
  const home = await mkdtemp(join(tmpdir(), 'scanlot-opencmis-'));
  await prepare(home, programs, password);
  const server = spawn(
    'java',
    [
      ...[`-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError'],
      ...['-Dfile.encoding=UTF-8', `-Djava.io.tmpdir=${join(home, 'tmp')}`],
      '-Dorg.eclipse.jetty.util.log.class=org.eclipse.jetty.util.log.StdErrLog',
      '-Dcom.sun.xml.bind.v2.bytecode.ClassTailor.noOptimize=true',
      ...['-jar', join(programs, runner.file), '--host', '127.0.0.1', '--port', String(port), '--path', '/cmis'],
      join(home, 'app'),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  try {
    const url = `http://127.0.0.1:${await listeningPort(server)}/cmis/browser`;
    await requireAnswer(url, password);
    return { url, password, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fetched(): Promise<string> {
  const home = packagePath('.cache', 'opencmis-1.1.0');
  if (existsSync(home)) return home;
  const fresh = `${home}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  for (const { coordinates, file, sha256 } of artifacts) {
    await run('mvn', ['-B', '-q', '-C', `${plugin}:copy`, `-Dartifact=${coordinates}`, `-DoutputDirectory=${fresh}`], {
      timeout: 300_000,
    });
    const found = createHash('sha256')
      .update(readFileSync(join(fresh, file)))
      .digest('hex');
    if (found !== sha256) throw new Error(`${file} is not the program that was expected`);
  }
  // Another test file may have been quicker.
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  return home;
}

/** The WAR as published does not start on Java 17: it gets a web.xml, properties and a logger of our own. */
async function prepare(home: string, programs: string, password: string): Promise<void> {
  const app = join(home, 'app');
  await mkdir(app, { recursive: true });
  await mkdir(join(home, 'tmp'));
  await run('jar', ['-xf', join(programs, war.file)], { cwd: app });
  const libraries = join(app, 'WEB-INF', 'lib');
  for (const name of await readdir(libraries)) if (name.startsWith('log4j-')) await rm(join(libraries, name));
  await writeFile(join(libraries, logger.file), await readFile(join(programs, logger.file)));
  await writeFile(join(app, 'WEB-INF', 'classes', 'repository.properties'), repositoryProperties(home));
  await writeFile(join(app, 'WEB-INF', 'web.xml'), webXml);
  await writeFile(join(home, 'realm.properties'), `${cmisUser}: ${password},cmis\n`, { mode: 0o600 });
  await writeFile(join(app, 'WEB-INF', 'jetty-web.xml'), jettyWebXml(join(home, 'realm.properties')));
}

function repositoryProperties(home: string): string {
  return `class=org.apache.chemistry.opencmis.inmemory.server.InMemoryServiceFactoryImpl
InMemoryServer.RepositoryId=A1
InMemoryServer.Class=org.apache.chemistry.opencmis.inmemory.storedobj.impl.StoreManagerImpl
InMemoryServer.TypesCreatorClass=org.apache.chemistry.opencmis.inmemory.types.DefaultTypeSystemCreator
InMemoryServer.TypeDefinitionsFile=${packagePath('test', 'support', 'cmis-types.xml')}
InMemoryServer.TempDir=${join(home, 'tmp')}
InMemoryServer.MemoryThreshold=4194304
InMemoryServer.EncryptTempFiles=false
RepositoryFiller.Enable=false
`;
}

const webXml = `<?xml version="1.0" encoding="UTF-8"?>
<web-app version="3.1" metadata-complete="true" xmlns="http://xmlns.jcp.org/xml/ns/javaee"><display-name>OpenCMIS</display-name>
<listener><listener-class>org.apache.chemistry.opencmis.server.impl.CmisRepositoryContextListener</listener-class></listener>
<servlet><servlet-name>browser</servlet-name>
<servlet-class>org.apache.chemistry.opencmis.server.impl.browser.CmisBrowserBindingServlet</servlet-class>
<init-param><param-name>callContextHandler</param-name>
<param-value>org.apache.chemistry.opencmis.server.impl.browser.token.TokenCallContextHandler</param-value></init-param>
<init-param><param-name>cmisVersion</param-name><param-value>1.1</param-value></init-param>
<load-on-startup>1</load-on-startup></servlet>
<servlet-mapping><servlet-name>browser</servlet-name><url-pattern>/browser/*</url-pattern></servlet-mapping>
<security-constraint><web-resource-collection><web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern>
</web-resource-collection><auth-constraint><role-name>cmis</role-name></auth-constraint></security-constraint>
<login-config><auth-method>BASIC</auth-method><realm-name>CMIS</realm-name></login-config>
<security-role><role-name>cmis</role-name></security-role>
</web-app>
`;

function jettyWebXml(realm: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "http://www.eclipse.org/jetty/configure_9_3.dtd">
<Configure class="org.eclipse.jetty.webapp.WebAppContext"><Get name="securityHandler"><Set name="loginService">
<New class="org.eclipse.jetty.security.HashLoginService"><Set name="name">CMIS</Set><Set name="config">${realm}</Set></New>
</Set></Get></Configure>
`;
}

/** The container stays alive after a failed start and answers 503 for ever: its own words tell. */
function listeningPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (words: string) => {
      clearTimeout(timer);
      reject(new Error(`the CMIS server did not start: ${words}\n${log.slice(-4000)}`));
    };
    const timer = setTimeout(() => fail('time-out'), 90_000);
    server.once('error', (error) => fail(error.message));
    server.once('close', (code) => fail(`ended with ${code}`));
    server.stderr?.on('data', (piece: Buffer) => {
      // After the start nobody reads any more, but the pipe has to be emptied.
      if (log.length < 1_000_000) log += piece.toString();
      if (/Failed startup of context|Failed to bind|Address already in use/.test(log)) fail('see its log');
      const [, port] = /Started ServerConnector@.*\{127\.0\.0\.1:(\d+)\}/.exec(log) ?? [];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

async function requireAnswer(url: string, password: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${cmisUser}:${password}`).toString('base64')}`;
  const answer = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(60_000) });
  const repositories = (await answer.json()) as Readonly<Record<string, unknown>>;
  if (!('A1' in repositories)) throw new Error('the CMIS server offers another repository');
}
