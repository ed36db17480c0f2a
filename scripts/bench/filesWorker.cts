/**
 * Files of 10 MB through one node, in a process of its own, with n8n's storage on disk as it is by
 * default: how far the process grows.
 *
 *     node --require tsx/cjs --expose-gc filesWorker.cts '{"by": "node", "way": "upload", "files": 1}'
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import {
	Container,
	loadHttpRequestNode,
	loadPackage,
	runWorkflow,
} from '../../test/engine/index.cts';
import { ask, closeStandIn, openStandIn } from './filesStandIn.cts';

export interface FilesJob {
	by: 'node' | 'httpRequest';
	way: 'upload' | 'download';
	files: number;
}

/** How far the process grew above what it was before, in bytes. */
export type Grown = number;

const SIZE = 10 * 1024 * 1024;
const SAMPLE_EVERY_MS = 2;
const PATH = '/v1/incident/attachments';

async function main(): Promise<void> {
	const job = JSON.parse(process.argv[2] ?? '') as FilesJob;
	const storage = mkdtempSync(join(tmpdir(), 'coc-files-'));
	await openStandIn();
	try {
		const store = await openStorage(storage);
		const packages = await loadPackage(join(__dirname, '..', '..'));
		packages.baseNodes.httpRequest = loadHttpRequestNode();
		const { endpoint, token, ids } = await ask({ files: job.files, size: SIZE });
		const items = ids.map((file) => ({ file }));
		const files = await Promise.all(
			items.map(async () =>
				job.way === 'upload' ? { data: await store(Buffer.alloc(SIZE, 7)) } : {},
			),
		);
		const credential = {
			...{ id: 'coc', name: 'COC', type: 'huaweiCloudCocApi' },
			data: { endpoint, authentication: 'token', token },
		};
		const node = { id: 'b', name: 'Files', typeVersion: 1, position: [0, 0] as [number, number] };
		const trigger = { ...node, id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		const run = async () =>
			await runWorkflow({
				...{ packages, credentials: { coc: credential }, input: items, files },
				workflow: {
					nodes: [
						{ ...trigger, parameters: {} },
						{
							...{ ...node, ...nodes[job.by](job.way, endpoint) },
							credentials: { huaweiCloudCocApi: { id: 'coc', name: 'COC' } },
						},
					],
					connections: { Start: { main: [[{ node: 'Files', type: 'main', index: 0 }]] } },
				},
			});
		await run();
		const grown = await growthOf(async () => {
			const { status, executionError, outputs } = await run();
			const done = outputs('Files').length;
			if (status !== 'success' || done !== job.files) throw executionError ?? new Error(status);
		});
		process.send?.(grown);
	} finally {
		closeStandIn();
		rmSync(storage, { recursive: true });
	}
}

/** n8n's storage for files in this folder; what is returned stores one. */
async function openStorage(
	localStoragePath: string,
): Promise<(bytes: Buffer) => Promise<IBinaryData>> {
	const config = Container.get(BinaryDataConfig);
	Object.assign(config, { mode: 'filesystem', localStoragePath });
	const service = Container.get(BinaryDataService);
	await service.init();
	const at = { type: 'execution', workflowId: 'w', executionId: 'e' } as const;
	const file = { data: '', mimeType: 'application/pdf', fileName: 'report.pdf' };
	return async (bytes) => await service.store(at, bytes, { ...file });
}

const nodes = {
	node: (way: FilesJob['way']) => ({
		type: 'n8n-nodes-huaweicloud-coc.cocIncident',
		parameters: {
			...{ resource: 'file', operation: way },
			...(way === 'upload' ? { inputDataFieldName: 'data' } : { file: '={{ $json.file }}' }),
		} as INodeParameters,
	}),
	httpRequest: (way: FilesJob['way'], endpoint: string) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			...{ authentication: 'predefinedCredentialType', nodeCredentialType: 'huaweiCloudCocApi' },
			...(way === 'upload'
				? {
						...{ method: 'POST', url: endpoint + PATH, sendBody: true },
						contentType: 'multipart-form-data',
						bodyParameters: {
							parameters: [
								{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
							],
						},
					}
				: {
						url: `=${endpoint}${PATH}/{{ $json.file }}`,
						options: { response: { response: { responseFormat: 'file' } } },
					}),
		} as INodeParameters,
	}),
};

async function growthOf(work: () => Promise<void>): Promise<Grown> {
	const { gc } = globalThis as { gc?: () => void };
	gc?.();
	await breathe();
	gc?.();
	const before = process.memoryUsage.rss();
	const markBefore = process.resourceUsage().maxRSS;
	let peak = before;
	const sample = () => void (peak = Math.max(peak, process.memoryUsage.rss()));
	const sampling = setInterval(sample, SAMPLE_EVERY_MS);
	await work();
	clearInterval(sampling);
	sample();
	// The system's own mark, in kB, misses nothing; it counts when the run has moved it.
	const { maxRSS } = process.resourceUsage();
	if (maxRSS > markBefore) peak = Math.max(peak, maxRSS * 1024);
	return peak - before;
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
