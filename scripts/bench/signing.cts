/** The node's signer beside that of Huawei Cloud's own SDK, on the same requests. */
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner';
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential';
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest';
import type * as source from '../../nodes/auth/signing/signature.ts';
import { generate, urlOf, type Generated } from '../../test/auth/signing/requests.cts';
import { built } from '../../test/support/built.cts';
import { createRandom } from '../../test/support/random.cts';
import { compare } from './rounds.cts';

const { signRequest } = built<typeof source>('nodes/auth/signing/signature');

const ROUNDS = 41;
const SIGNATURES_A_ROUND = 2000;

/** A request in the form that each signer takes. */
interface Pair {
	ours: source.SignableRequest;
	theirs: IHttpRequest;
	key: source.AccessKey;
}

/** Rows for a table. */
export async function measureSigning(): Promise<string[][]> {
	const rows = [['Request', 'SDK', 'Node', 'Node / SDK']];
	for (const [name, pairs] of Object.entries(requests())) {
		const times = SIGNATURES_A_ROUND / pairs.length;
		const signAll = (sign: (pair: Pair) => unknown) => () => {
			for (let time = 0; time < times; time++) for (const pair of pairs) sign(pair);
		};
		const [sdk, node] = await compare([signAll(signWithSdk), signAll(signWithNode)], ROUNDS);
		const each = ({ cpu }: { cpu: number }) => (cpu / SIGNATURES_A_ROUND).toFixed(1);
		rows.push([name, each(sdk!), each(node!), (node!.cpu / sdk!.cpu).toFixed(2)]);
	}
	return rows;
}

/** The bytes are made here for both: the SDK, too, makes the body's text in order to hash it. */
function signWithNode({ ours, theirs, key }: Pair, now = new Date()): Record<string, string> {
	const { data } = theirs as { data: unknown };
	const body = data === undefined ? undefined : Buffer.from(JSON.stringify(data));
	return signRequest({ ...ours, body }, key, now);
}

function signWithSdk({ theirs, key }: Pair): Record<string, string> {
	const credential = { getAk: () => key.accessKeyId, getSk: () => key.secretAccessKey };
	return AKSKSigner.sign(theirs, credential as ICredential) as Record<string, string>;
}

function requests(): Record<string, Pair[]> {
	const random = createRandom(20_261_124);
	const base: Generated = {
		...generate(random),
		origin: 'https://coc.myhuaweicloud.com',
		query: {},
		headers: { 'content-type': 'application/json' },
		multipart: false,
	};
	const verification = {
		incident_num: 'IM202403221515060171753781',
		operator: '7da46971b7e24eed90cf777cc2ff8b91',
		operate_key: 'confirm',
		parameter: {
			virtual_confirm_result: true,
			virtual_confirm_comment: 'Payments are back ✅, error rate below 0.1 % for 30 minutes',
		},
	};
	const verify = {
		...base,
		method: 'POST',
		segments: ['v1', 'external', 'incident', 'handle'],
		data: verification,
	};
	const list = {
		...base,
		method: 'GET',
		segments: ['v1', 'incident-tickets'],
		query: { limit: '100', offset: '1' },
		data: undefined,
	};
	const all = Array.from({ length: 4000 }, () => generate(random));
	return {
		'Verify (POST, JSON)': [pairOf(verify)],
		'List (GET, query)': [pairOf(list)],
		'500 generated ones': all
			.map((generated) => pairOf(generated))
			// The SDK signs some unusual requests otherwise than the service wants them.
			.filter(agree)
			.slice(0, 500),
	};

	function pairOf({ method, origin, segments, query, headers, data, ...rest }: Generated): Pair {
		const { accessKeyId, secretAccessKey } = rest.key;
		return {
			ours: { method, url: urlOf({ ...base, origin, segments, query }, random), headers },
			theirs: {
				method,
				endpoint: [origin, ...segments].join('/'),
				queryParams: query,
				headers,
				data,
			},
			key: { accessKeyId, secretAccessKey },
		};
	}
}

function agree(pair: Pair): boolean {
	const theirs = signWithSdk(pair);
	const at = theirs['X-Sdk-Date']!.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
	return signWithNode(pair, new Date(at)).Authorization === theirs.Authorization;
}
