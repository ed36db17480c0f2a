import { X509Certificate } from 'crypto';
import type { RequestHelperFunctions } from 'n8n-workflow';
import { publicGet } from '../client/publicGet';

type Helpers = Pick<RequestHelperFunctions, 'httpRequest'>;

/** A certificate, or why there is none: `unavailable` may pass. */
export type FoundCertificate = X509Certificate | 'unavailable' | 'unusable';

const BOUNDS = { timeoutMs: 10_000, maxBytes: 64 * 1024 };
/** SMN has one for each region, and renews it now and then. */
const MOST_KEPT = 20;
/** What couldn't be had isn't asked for again so soon, in ms. */
const MISSED_FOR_MS = 30_000;
/** So many that aren't kept yet are asked for in a minute: forged messages may name any number. */
const MOST_A_MINUTE = 20;
const MINUTE_MS = 60_000;

const kept = new Map<string, X509Certificate>();
const missed = new Map<string, { found: FoundCertificate; until: number }>();
const underWay = new Map<string, Promise<FoundCertificate>>();
let asked: number[] = [];

/**
 * The certificate at an address that has been checked; each is asked for once, and kept.
 *
 * @param now ms since 1970
 */
export async function certificateAt(
	helpers: Helpers,
	url: string,
	now: number,
): Promise<FoundCertificate> {
	const known = kept.get(url);
	if (known && isValid(known, now)) return known;
	const miss = missed.get(url);
	if (miss && now < miss.until && miss.until - now <= MISSED_FOR_MS) return miss.found;
	const shared = underWay.get(url);
	if (shared) return await shared;
	asked = asked.filter((at) => Math.abs(now - at) < MINUTE_MS);
	if (asked.length >= MOST_A_MINUTE) return 'unavailable';
	asked.push(now);
	const asking = ask(helpers, url, now);
	underWay.set(url, asking);
	const found = await asking;
	underWay.delete(url);
	if (found instanceof X509Certificate) keep(kept, url, found);
	else keep(missed, url, { found, until: now + MISSED_FOR_MS });
	return found;
}

async function ask(helpers: Helpers, url: string, now: number): Promise<FoundCertificate> {
	const answer = await publicGet(helpers, url, BOUNDS);
	if (answer === null || answer.body === null) return 'unavailable';
	if (answer.httpStatus !== 200) return answer.httpStatus >= 500 ? 'unavailable' : 'unusable';
	try {
		const certificate = new X509Certificate(answer.body);
		return isRsa(certificate) && isValid(certificate, now) ? certificate : 'unusable';
	} catch {
		return 'unusable';
	}
}

function isRsa({ publicKey }: X509Certificate): boolean {
	const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
	return publicKey.asymmetricKeyType === 'rsa' && bits >= 2048;
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
	return Date.parse(validFrom) <= now && now < Date.parse(validTo);
}

/** Keeps the latest ones. */
function keep<T>(map: Map<string, T>, url: string, value: T): void {
	map.delete(url);
	map.set(url, value);
	const [oldest] = map.keys();
	if (map.size > MOST_KEPT && oldest !== undefined) map.delete(oldest);
}
