import { createHash, createHmac, randomBytes } from 'crypto';
import { momentOf } from '../errors/explain';
import { hintText, type CredentialFault } from '../errors/failure';
import { ADVICE } from '../errors/hints';
import type { CocCredential, Stored } from './credential';
import { loginKey } from './iam';

/**
 * How long a refusal of an access key or a password counts, in ms, unless the credential is changed:
 * as long as IAM counts wrong passwords. More than five refused signatures in a row lock a key for
 * five minutes and five wrong passwords a user for fifteen, for everyone.
 */
const COUNTS_FOR_MS = 15 * 60_000;

/** How long a key that was accepted counts as good, in ms; one that is in use stays so. */
const PROVEN_FOR_MS = 60_000;

/** What COC or IAM last said of an access key or a password. */
export interface Decision {
	isRefused: boolean;
	/** In ms since 1970. */
	at: number;
	/** In this process: why. */
	fault?: CredentialFault;
}

/** The hidden fields by which n8n's other processes learn of it; written together. */
export interface StoredDecision {
	decision: string;
	decidedAt: string;
	decisionFingerprint: string;
	[field: string]: string;
}

/** What this process knows, by subject. */
const decisions = new Map<string, Decision>();

/**
 * What COC or IAM decides about: an access key at this endpoint or a sign-in, with all that belongs to
 * it, so that a corrected one is another. A hash; null for a token, which nothing locks.
 */
export function subjectOf({
	endpoint,
	authentication,
}: Pick<CocCredential, 'endpoint' | 'authentication'>): string | null {
	switch (authentication.kind) {
		case 'token':
			return null;
		case 'iamUser':
			return loginKey(authentication.login);
		case 'accessKey':
			return createHash('sha256')
				.update(JSON.stringify([endpoint.url, authentication.key]))
				.digest('hex');
	}
}

/** Remembers what was decided; the newest counts. */
export function decide(subject: string, decision: Decision): void {
	const now = Date.now();
	for (const [known, { at }] of decisions) if (now - at > COUNTS_FOR_MS) decisions.delete(known);
	if (decision.at >= (decisions.get(subject)?.at ?? 0)) decisions.set(subject, decision);
}

/** The refusal that counts still; null for none. */
export function refusalOf(subject: string | null): (Decision & { until: number }) | null {
	const decision = subject === null ? undefined : decisions.get(subject);
	if (!decision?.isRefused) return null;
	const until = decision.at + COUNTS_FOR_MS;
	return Date.now() < until ? { ...decision, until } : null;
}

/** Whether it was accepted a moment ago, so that several requests may be under way at once. */
export function isProven(subject: string): boolean {
	const decision = decisions.get(subject);
	return decision?.isRefused === false && Date.now() - decision.at < PROVEN_FOR_MS;
}

/** Why nothing is signed with a refused key. */
export function keyRefused({ at, until }: { at: number; until: number }): CredentialFault {
	return {
		reason: `COC refused the access key at ${momentOf(at)}`,
		hint: `Nothing more is sent with this key until it is corrected in the credential, or until ${momentOf(until)}, so that it is not locked. Check the key, its secret and this machine's clock`,
		again: 'then',
	};
}

/** Why IAM isn't asked: in its own words, where it was this process that asked. */
export function signInRefused({ at, until, fault }: Decision & { until: number }): CredentialFault {
	const pause = `IAM said so at ${momentOf(at)}: it is not asked again until the credential is corrected, or until ${momentOf(until)}, so that the user is not locked.`;
	const { reason, hint = '', again, ...others } = fault ?? REFUSED_ELSEWHERE;
	return { ...others, reason, hint: `${hintText({ hint, again }, null)} ${pause}`.trim() };
}

const REFUSED_ELSEWHERE: CredentialFault = {
	reason: 'IAM refuses to sign in',
	hint: ADVICE.tokenRefused.signIn ?? '',
	isNo: true,
};

/** Learns what another process has stored in the credential. */
export function learn(credential: CocCredential, stored: Stored): void {
	const subject = subjectOf(credential);
	const at = Date.parse(String(stored.decidedAt));
	if (subject === null || !isAbout(subject, stored)) return;
	// A machine whose clock is ahead may have stored it.
	const decision = { isRefused: stored.decision === 'refused', at: Math.min(at, Date.now()) };
	if (decision.at > (decisions.get(subject)?.at ?? 0)) decide(subject, decision);
}

/**
 * What is to be stored for other processes: a refusal, or that a stored one counts no more; null for
 * nothing new.
 */
export function toStore(subject: string, stored: Stored): StoredDecision | null {
	const known = decisions.get(subject);
	if (!known) return null;
	const isStored = isAbout(subject, stored);
	if (isStored && Date.parse(String(stored.decidedAt)) >= known.at) return null;
	if (!known.isRefused && !(isStored && stored.decision === 'refused')) return null;
	const decision = known.isRefused ? 'refused' : 'accepted';
	const decisionFingerprint = fingerprint(subject, randomBytes(8).toString('hex'));
	return { decision, decidedAt: new Date(known.at).toISOString(), decisionFingerprint };
}

function isAbout(subject: string, { decisionFingerprint }: Stored): boolean {
	const [salt = ''] = String(decisionFingerprint).split('.');
	return decisionFingerprint === fingerprint(subject, salt);
}

/** Long enough to notice a change, and too short to find a password by: many have the same. */
function fingerprint(subject: string, salt: string): string {
	return `${salt}.${createHmac('sha256', salt).update(subject).digest('hex').slice(0, 8)}`;
}
