/**
 * n8n's services in this process: what an n8n server sets up when it starts, reduced to what the
 * engine needs. Importing this file is the whole set-up, in jest as in a plain program.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceSettings } from 'n8n-core';
import { LoggerProxy } from 'n8n-workflow';

type Service<T> = abstract new (...args: never[]) => T;

/** Several versions of a package may be installed: n8n-core's services are known to its own copy. */
export const requireAsCore = createRequire(require.resolve('n8n-core'));
const { Logger } = requireAsCore('@n8n/backend-common') as { Logger: Service<unknown> };

/** n8n's dependency injection container. */
export const { Container } = requireAsCore('@n8n/di') as {
	Container: { get<T>(type: Service<T>): T; set(type: Service<unknown>, instance: unknown): void };
};

/** One line that n8n or a node would have logged. */
export interface LogEntry {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata?: unknown;
}

const listeners = new Set<(entry: LogEntry) => void>();

/** Calls `listener` for everything that is logged until the returned function is called. */
export function listenToLogs(listener: (entry: LogEntry) => void): () => void {
	listeners.add(listener);
	return () => void listeners.delete(listener);
}

const logAs = (level: LogEntry['level']) => (message: string, metadata?: unknown) =>
	listeners.forEach((listener) => listener({ level, message, metadata }));

const logger = {
	error: logAs('error'),
	warn: logAs('warn'),
	info: logAs('info'),
	debug: logAs('debug'),
	scoped: () => logger,
};

Container.set(Logger, logger);
LoggerProxy.init(logger);

// n8n saves its settings while it reads them for the first time, in the home folder unless told
// otherwise. Nothing needs that file afterwards.
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = randomBytes(24).toString('base64');
Container.get(InstanceSettings);
rmSync(userFolder, { recursive: true });
